using NetDsl.Runtime;
using NetDsl.Solvers;

namespace NetDsl.Generators.Tests.Emit.FreeSizes;

/// <summary>
/// An instance whose height and width the declaration leaves free computes the bits of a network that was compiled for them to the same layout: losses, parameters after steps, outputs, metrics. So all tests of
/// networks speak for those of free sizes too.
/// </summary>
public class FreeSizeTests
{
    const int Batch = 3;

    public static TheoryData<string, int, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, int>();
            foreach (var name in FreeSizeNetworks.Names)
            {
                cases.Add(name, 30, 41);
                cases.Add(name, 45, 38);
                cases.Add(name, 24, 51);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_instance_has_the_bits_of_a_network_of_its_size(string name, int height, int width)
    {
        var any = FreeSizeNetworks.Any(name);
        var one = FreeSizeNetworks.Of(name, height, width);
        using var device = Device.Cpu(threads: 2);
        Compare(one.Create(device, Batch), any.Create(device, Batch, height, width));
    }

    [Theory]
    [InlineData("Segmentation"), InlineData("Classification"), InlineData("Coarse"), InlineData("Movements")]
    public void So_it_has_on_a_device_of_many_threads(string name)
    {
        using var device = SimtDevice.ForTests();
        Compare(FreeSizeNetworks.Of(name, 13, 16).Create(device, batch: 1), FreeSizeNetworks.Any(name).Create(device, 1, 13, 16));
    }

    [Fact]
    public void Its_kernels_compile_to_PTX()
    {
        foreach (var name in FreeSizeNetworks.Names)
        {
            var any = FreeSizeNetworks.Any(name);
            SimtPrograms.CompileToPtx(any.SimtAt(training: true, 45, 38));
            SimtPrograms.CompileToPtx(any.SimtAt(training: false, 45, 38));
        }
    }

    [Fact]
    public void Weights_go_from_one_size_to_another()
    {
        var (small, large) = (FreeSizeNetworks.Any("Segmentation"), FreeSizeNetworks.Any("Segmentation", 60, 70));
        Assert.Equal("[N, 3, Height, Width]", small.Graph.Inputs[0].Type.Symbolic);
        Assert.Equal("[N, 3, 30, 41]", small.Graph.Inputs[0].Type.ToString());
        Assert.Equal((small.Definition.GraphHash, small.Definition.ParameterSize), (large.Definition.GraphHash, large.Definition.ParameterSize));
        Assert.Equal([3, 60, 70], large.Definition.Inputs[0].Shape);

        using var device = Device.Cpu(threads: 1);
        using var trained = small.Create(device, 1, 45, 38);
        using var other = small.Create(device, 1, 52, 33);
        trained.Initialize(seed: 3);
        other.Parameters.CopyFrom(trained.Parameters);
        Assert.All(trained.Parameters, parameter => Assert.Equal(parameter.Data, other.Parameters[parameter.Name].Data));
        using var stranger = FreeSizeNetworks.Any("Classification").Create(device, 1, 45, 38);
        Assert.StartsWith("Parameter conv1.weight [16, 3, 5, 3] of Classification cannot take conv1.weight [16, 3, 3, 3] of Segmentation: the shapes differ.", Assert.Throws<ArgumentException>(() => stranger.Parameters.CopyFrom(trained.Parameters)).Message, StringComparison.Ordinal);
    }

    static void Compare(Network expected, Network actual)
    {
        using (expected)
        using (actual)
        {
            var solver = new Sgd { LearningRate = 0.05f, Momentum = 0.9f };
            foreach (var network in new[] { expected, actual })
            {
                network.Initialize(seed: 7);
                SetInputs(network);
            }

            for (var step = 0; step < 2; step++)
            {
                Assert.Equal(expected.Step(solver), actual.Step(solver));
            }

            foreach (var parameter in expected.Parameters)
            {
                Assert.True(parameter.Data.SequenceEqual(actual.Parameters[parameter.Name].Data), parameter.Name);
            }

            expected.Evaluate();
            actual.Evaluate();
            Assert.All(expected.Definition.Predict.Scalars, name => Assert.Equal(expected.Scalar(name), actual.Scalar(name)));
            Assert.All(expected.Definition.Predict.Outputs, name => Assert.True(expected.Output(name).SequenceEqual(actual.Output(name)), name));
        }
    }

    static void SetInputs(Network network)
    {
        var random = new Random(5);
        for (var i = 0; i < network.Definition.Inputs.Count; i++)
        {
            var input = network.Definition.Inputs[i];
            if (input.IsLabels)
            {
                network.SetLabels(i, [.. Enumerable.Range(0, input.Count * network.BatchSize).Select(_ => input.IgnoredLabel is { } ignored && random.Next(5) == 0 ? ignored : random.Next(input.Classes))]);
            }
            else
            {
                network.SetInput(i, [.. Enumerable.Range(0, input.Count * network.BatchSize).Select(_ => random.NextSingle() * 2 - 1)]);
            }
        }
    }
}
