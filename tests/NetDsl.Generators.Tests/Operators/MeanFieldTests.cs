using NetDsl.Runtime;
using NetDsl.Solvers;

namespace NetDsl.Generators.Tests.Operators;

/// <summary>A small CRF-RNN: scores of pixels, a mean field behind them, trained as one.</summary>
public class MeanFieldTests
{
    const int Batch = 2, Classes = 12, Height = 12, Width = 10;

    const string Source = """
        [Network]
        public partial class Net
        {
            static Tensor Forward([Shape(Batch, 3, 12, 10)] Tensor image) =>
                MeanField(image | Fill(Conv(12, kernel: 3, padding: 1), Filler.Constant(0)), image, position: 4, colour: 0.2f, near: 2);

            static Tensor Loss(Tensor scores, [Shape(Batch, 12, 10)] Labels label) => SoftmaxCrossEntropy(scores, label);
        }
        """;

    [Fact]
    public void A_network_with_a_random_field_trains_in_five_iterations_and_predicts_in_ten()
    {
        using var device = Device.Cpu(threads: 2);
        using var network = CompiledNetwork.Of(Source, reference: false).On(device, Batch);
        Assert.Equal(10, Filters(network.Definition.Predict, backward: false));
        Assert.Equal(5, Filters(network.Definition.Train!, backward: false));
        Assert.Equal(5, Filters(network.Definition.Train!, backward: true));
        Assert.Equal([1f, 1, 10_000, 10_000, 1_000], network.Definition.Parameters.Select(static p => p.LearningRate));

        network.Initialize(seed: 3);
        Assert.Equal(3, network.Parameters["meanfield.spatial.weight"].Data[Classes + 1]);
        Assert.Equal(-1, network.Parameters["meanfield.compatibility.weight"].Data[0]);
        var random = new Random(3);
        int[] labels = [.. Enumerable.Range(0, Batch * Height * Width).Select(static i => i % Width)];
        float[] image = [.. Enumerable.Range(0, Batch * 3 * Height * Width).Select(i => 0.3f * ((labels[i % (Height * Width)] + i / (Height * Width)) % Classes) + 0.1f * random.NextSingle())];
        network.SetInput(0, image);
        network.SetLabels(1, labels);

        // With few classes the field would amplify any favour. Scores start at zero, as FCN's do. None favours a class, so neither does a marginal: ln C, however often it iterates.
        network.Evaluate();
        Assert.Equal(Math.Log(Classes), network.Scalar("loss"), 1e-4);
        var solver = new Sgd { LearningRate = 1e-5, Momentum = 0 };
        var first = network.Step(solver);
        Assert.Equal(Math.Log(Classes), first, 1e-4);
        var next = network.Step(solver);
        Assert.True(next < first, $"The loss went from {first} to {next}.");
        Assert.All(network.Parameters.Skip(2), static p => Assert.True(p.Gradient.IndexOfAnyExcept(0f) >= 0, p.Name));
    }

    /// <summary>Kernels that filter; others of the layer's name lay memory out for it.</summary>
    static int Filters(ProgramDefinition program, bool backward) => program.Kernels.Count(k =>
        k.Backward == backward && k.Description.Contains("bilateralfilter", StringComparison.Ordinal) && !k.Description.Contains("(layout)", StringComparison.Ordinal));
}
