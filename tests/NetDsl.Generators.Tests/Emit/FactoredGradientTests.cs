using NetDsl.Runtime;
using NetDsl.Solvers;

namespace NetDsl.Generators.Tests.Emit;

/// <summary>Gradients that a step does not store: each goes into the update as it is computed, with the same result to the bit.</summary>
public sealed class FactoredGradientTests
{
    /// <summary>A convolution of many weights and a dense layer; what they read and compute is far smaller.</summary>
    static readonly EmittedNetwork Wide = Of(size: 4);

    /// <summary>The same, with more pixels than the columns of one group hold.</summary>
    static readonly EmittedNetwork Large = Of(size: 10);

    static EmittedNetwork Of(int size) => EmittedNetwork.Of($$"""
        [Network(Layout = Layout.Channels)]
        public partial class Wide
        {
            static Tensor Forward([Shape(Batch, 16, {{size}}, {{size}})] Tensor image) =>
                image | Conv(256, kernel: 1) | ReLU | Conv(1024, kernel: 4, padding: 1) | ReLU | Dense(64) | ReLU | Dense(3);

            static Tensor Loss(Tensor scores, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label);
        }
        """);

    /// <summary>Convolutions by Winograd's algorithm: 3×3, of a pair of blocks of filters and a half; 5×5; and in groups.</summary>
    static readonly EmittedNetwork Transformed = EmittedNetwork.Of("""
        [Network(Layout = Layout.Channels)]
        public partial class Transformed
        {
            static Tensor Forward([Shape(Batch, 16, 7, 7)] Tensor image) => image
                | Conv(256, kernel: 1) | ReLU | Conv(272, kernel: 3, padding: 1) | ReLU | Conv(160, kernel: 1) | ReLU | Conv(144, kernel: 5, padding: 2) | ReLU
                | Conv(256, kernel: 1) | ReLU | Conv(512, kernel: 3, padding: 1, group: 2) | ReLU | GlobalAvgPool | Dense(3);

            static Tensor Loss(Tensor scores, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label);
        }
        """);

    static readonly string[] Factored = ["conv2.weight", "dense1.weight"];

    static Sgd Solver => new() { LearningRate = 0.01, Momentum = 0.9, WeightDecay = 0.001 };

    public static TheoryData<Solver, int, int, string> Cases
    {
        get
        {
            var adam = new Adam { LearningRate = 0.01 };
            var data = new TheoryData<Solver, int, int, string>();
            foreach (var width in new[] { VectorWidth.Scalar, VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512 })
            {
                data.Add(Solver, 1, 2, $"{width}");
            }

            // Few samples at once; more columns than are held at once, which are stored after all; enough samples for what the update reads to be fetched meanwhile.
            data.Add(adam, 3, 1, $"{VectorWidth.Bits512}");
            data.Add(Solver with { Momentum = 0 }, 3, 2, $"{VectorWidth.Bits256}");
            data.Add(Solver, 33, 2, $"{VectorWidth.Bits512}");
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void They_change_the_weights_as_stored_ones_do(Solver solver, int batch, int threads, string width)
    {
        using var device = new CpuDevice(threads, Enum.Parse<VectorWidth>(width)) { SmallStep = 0 };
        Compare(Wide, Factored, solver, device, batch, pieces: batch > 1);
    }

    [Theory]
    [InlineData("Scalar", 1, 1), InlineData("Bits128", 2, 2), InlineData("Bits256", 3, 2), InlineData("Bits512", 1, 1), InlineData("Bits512", 5, 2)]
    public void Convolutions_by_transforms_do_as_well(string width, int batch, int threads)
    {
        using var device = new CpuDevice(threads, Enum.Parse<VectorWidth>(width)) { SmallStep = 0 };
        Compare(Transformed, ["conv2.weight", "conv4.weight", "conv6.weight"], Solver, device, batch, pieces: false);
    }

    [Theory]
    [InlineData("Bits512", 2), InlineData("Bits256", 1)]
    public void Sums_over_several_groups_of_pixels_go_into_the_update_too(string width, int threads)
    {
        using var device = new CpuDevice(threads, Enum.Parse<VectorWidth>(width)) { SmallStep = 0 };
        Compare(Large, Factored, Solver, device, batch: 1, pieces: false);
    }

    static void Compare(EmittedNetwork network, string[] factored, Solver solver, Device device, int batch, bool pieces)
    {
        using var direct = Create(device, batch, network);
        using var stored = Create(device, batch, network);
        Assert.Equal(factored, direct.Parameters.Where(static p => p.Definition.Factors is not null).Select(static p => p.Name));
        // It clips nothing, but must know the norm.
        var storing = solver with { ClipNorm = 1e30 };
        for (var step = 0; step < 3; step++)
        {
            Assert.Equal(stored.Step(storing), direct.Step(solver));
        }

        // Pieces that are summed in the gradients' memory need all of it.
        Assert.Equal(!pieces, direct.Bytes < stored.Bytes);

        foreach (var parameter in direct.Parameters)
        {
            Assert.True(parameter.Data.SequenceEqual(stored.Parameters[parameter.Name].Data), parameter.Name);
            Assert.True(parameter.Gradient.SequenceEqual(stored.Parameters[parameter.Name].Gradient), $"gradient of {parameter.Name}");
        }
    }

    [Fact]
    public void Their_memory_is_not_taken_until_somebody_asks_for_them()
    {
        using var device = Device.Cpu();
        using var network = Create(device, 1);
        var floats = network.Parameters.Where(static p => Factored.Contains(p.Name)).Sum(static p => (long)p.Count);
        network.Step(Solver);
        var bytes = network.Bytes;
        network.StepGradients();
        Assert.Equal(bytes + (floats * sizeof(float)), network.Bytes);
    }

    [Fact]
    public void They_are_zero_before_the_first_step()
    {
        using var device = Device.Cpu();
        using var network = Create(device, 1);
        Assert.All(Factored, path => Assert.Equal(-1, network.Parameters[path].Gradient.IndexOfAnyExcept(0f)));
    }

    [Fact]
    public void What_a_prediction_has_overwritten_is_not_given_as_a_gradient()
    {
        using var device = Device.Cpu();
        using var network = Create(device, 2);
        network.Step(Solver);
        network.RunPrediction();
        var message = Assert.Throws<InvalidOperationException>(() => network.Parameters["dense1.weight"].Gradient.Length).Message;
        Assert.Equal(
            "The gradient of 'dense1.weight' went straight into the update, and what it was made of is gone since the prediction that ran then. "
            + "Read it before, or compute gradients with StepGradients().",
            message);
        network.StepGradients();
        Assert.NotEqual(-1, network.Parameters["dense1.weight"].Gradient.IndexOfAnyExcept(0f));
    }

    /// <summary>Their factors are so large that they could be infinite; they are not.</summary>
    [Fact]
    public void Where_their_factors_prove_nothing_they_are_stored_and_looked_at()
    {
        using var device = Device.Cpu();
        using var direct = Create(device, 2);
        using var stored = Create(device, 2);
        foreach (var network in new[] { direct, stored })
        {
            network.Parameters["conv2.weight"].Data.Clear();
            network.Parameters["conv2.bias"].Data.Fill(3e36f);
            network.Parameters["dense1.weight"].Data.Fill(1e-38f);
            for (var i = 0; i < network.Parameters["dense2.weight"].Count; i++)
            {
                network.Parameters["dense2.weight"].Data[i] = i % 3 - 1;
            }
        }

        var slow = Solver with { LearningRate = 1e-38, WeightDecay = 0 };
        direct.Step(slow);
        stored.Step(slow with { ClipNorm = 1e300 });
        Assert.Equal(stored.Bytes, direct.Bytes);
        Assert.All(direct.Parameters, p => Assert.True(p.Data.SequenceEqual(stored.Parameters[p.Name].Data), p.Name));
    }

    [Theory]
    [InlineData("dense1.weight", float.NaN, "in parameter 'dense1.weight', before the step")]
    [InlineData("conv2.bias", 3e38f, "which kernel Dense1 (layer dense1) computes")]
    public void A_step_that_is_not_finite_changes_nothing(string parameter, float value, string where)
    {
        using var device = Device.Cpu();
        using var network = Create(device, 2);
        network.Parameters[parameter].Data.Fill(value);
        var before = network.Parameters.ToDictionary(static p => p.Name, static p => p.Data.ToArray());
        Assert.Contains(where, Assert.Throws<NonFiniteException>(() => network.Step(Solver)).Message, StringComparison.Ordinal);
        Assert.All(network.Parameters, p => Assert.Equal(before[p.Name], p.Data.ToArray()));
    }

    [Fact]
    public void A_solver_that_reads_the_norm_must_say_so()
    {
        using var device = Device.Cpu();
        using var network = Create(device, 2);
        var failure = Assert.Throws<KernelException>(() => network.Step(new Normed(Says: false)));
        Assert.Contains("override ReadsGradientNorm with true", failure.InnerException!.Message, StringComparison.Ordinal);
        network.Step(new Normed(Says: true));
    }

    static Network Create(Device device, int batch, EmittedNetwork? emitted = null)
    {
        var network = (emitted ?? Wide).Create(device, batch);
        network.Initialize(7);
        var random = new Random(3);
        network.SetInput(0, [.. Enumerable.Range(0, network.Definition.Inputs[0].Count * batch).Select(_ => random.NextSingle() * 2 - 1)]);
        network.SetLabels(1, [.. Enumerable.Range(0, batch).Select(static i => i % 3)]);
        return network;
    }

    sealed record Normed(bool Says) : Solver
    {
        public override int HistoryCount => 0;

        public override bool ReadsGradientNorm => Says;

        public override void Update(in UpdateRange range, in UpdateStep step) => Assert.True(step.GradientNorm > 0);
    }
}
