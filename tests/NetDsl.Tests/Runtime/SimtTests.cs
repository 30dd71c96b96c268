using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using NetDsl.Runtime;
using NetDsl.Solvers;

namespace NetDsl.Tests.Runtime;

/// <summary>The GPU's path, run by ILGPU on the processor: the same kernels, launches and copies.</summary>
public class SimtTests
{
    public static TheoryData<Solver> Solvers =>
    [
        new Sgd { LearningRate = 0.05 },
        new Sgd { LearningRate = 0.05, Momentum = 0.9, WeightDecay = 0.001, ClipNorm = 1 },
        new Nesterov { LearningRate = 0.02, Momentum = 0.9 },
        new AdaGrad { LearningRate = 0.1 },
        new RmsProp { LearningRate = 0.01 },
        new AdaDelta { LearningRate = 1, Momentum = 0.9 },
        new Adam { LearningRate = 0.01, WeightDecay = 0.001, Regularization = Regularization.L1 },
    ];

    [Theory]
    [MemberData(nameof(Solvers))]
    public void Trains_as_the_CPU_does(Solver solver)
    {
        using var cpu = Device.Cpu(1);
        using var simt = SimtDevice.ForTests();
        Close(Train(cpu), Train(simt));

        float[] Train(Device device)
        {
            using var network = StepTests.Make(device, 20);
            var losses = Enumerable.Range(0, 10).Select(_ => network.Step(solver)).ToArray();
            var histories = Enumerable.Range(0, solver.HistoryCount).SelectMany(history => network.SolverState!.History(history, network.Parameters[0]).ToArray());
            return [.. losses, .. network.Parameters.SelectMany(static parameter => parameter.Data.ToArray()), .. network.RunPrediction(), .. histories];
        }
    }

    [Fact]
    public void Accumulates_and_inspects_as_the_CPU_does()
    {
        using var cpu = Device.Cpu(1);
        using var simt = SimtDevice.ForTests();
        Close(Values(cpu), Values(simt));

        static float[] Values(Device device)
        {
            using var network = StepTests.Make(device, 20);
            network.Accumulate();
            network.SetInput(0, RegressionData.Features(20, seed: 9));
            network.Accumulate();
            var sum = network.Parameters[0].Gradient.ToArray();
            network.Step(new Sgd { LearningRate = 0.01 });
            network.SetInput(0, RegressionData.Features(3));
            network.SetLabels(1, RegressionData.Targets(3));
            network.Evaluate();
            return [.. sum, network.Scalar("loss"), .. network.Activation("dense1"), .. network.Parameters[1].Data];
        }
    }

    [Fact]
    public void Values_that_the_caller_writes_reach_the_device()
    {
        using var simt = SimtDevice.ForTests();
        using var network = StepTests.Make(simt, 16);
        network.Step(new Sgd { LearningRate = 0.1 });
        network.Parameters["dense1.weight"].Data.Clear();
        network.Parameters["dense1.bias"].Data[0] = 7;
        Assert.All(network.RunPrediction().ToArray(), static y => Assert.Equal(7, y));
    }

    [Fact]
    public void Not_a_number_is_found_before_the_update()
    {
        using var simt = SimtDevice.ForTests();
        using var network = StepTests.Make(simt, 16);
        network.Parameters["dense1.weight"].Data.Fill(float.MaxValue);
        Assert.Equal("dense1", Assert.Throws<NonFiniteException>(() => network.Step(new Sgd())).Layer);
        Assert.Equal(float.MaxValue, network.Parameters["dense1.weight"].Data[0]);
    }

    [Fact]
    public void A_profile_times_each_kernel()
    {
        using var simt = SimtDevice.ForTests();
        using var network = StepTests.Make(simt, 16);
        network.Profile = new Profile(Regression.Description.Train!);
        network.Step(new Sgd());
        Assert.Equal(["Dense1", "Loss", "Dense1Gradient", "inputs", "gradient check", "update"], network.Profile.Times.Select(static time => time.Name));
    }

    [Theory]
    [InlineData(nameof(SimtBuiltins.Scatter)), InlineData(nameof(SimtBuiltins.Gather)), InlineData(nameof(SimtBuiltins.Accumulate)), InlineData(nameof(SimtBuiltins.SquareSum))]
    public void The_runtimes_kernels_compile_to_PTX(string kernel)
    {
        using var context = Context.Create(static builder => { });
        using var backend = new PTXBackend(context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_78, null!);
        var method = typeof(SimtBuiltins).GetMethod(kernel)!;
        var compiled = (PTXCompiledKernel)backend.Compile(EntryPointDescription.FromImplicitlyGroupedKernel(method), default);
        Assert.Contains(".entry", compiled.PTXAssembly, StringComparison.Ordinal);
    }

    static void Close(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(MathF.Abs(expected[i] - actual[i]) <= 1e-4f * (1 + MathF.Abs(expected[i])), $"element {i}: {expected[i]} on the CPU, {actual[i]} as SIMT");
        }
    }
}
