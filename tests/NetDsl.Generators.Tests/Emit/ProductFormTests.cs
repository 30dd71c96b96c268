using NetDsl.Runtime;

namespace NetDsl.Generators.Tests.Emit;

/// <summary>In which order a prediction keeps the weight of a dense layer, and so how it multiplies.</summary>
public class ProductFormTests
{
    const string Recurrence = """
        public partial class Net
        {
            static Tensor Forward([Shape(Batch, 5, 48)] Tensor x)
            {
                var (input, hidden) = (Dense(64, axis: 2), Dense(64, bias: false));
                Tensor? h = null;
                foreach (var step in Unstack(input(x), axis: 1))
                {
                    h = Tanh(h is null ? step : step + hidden(h));
                }

                return h! | Dense(10);
            }
        }
        """;

    [Theory]
    [InlineData("x | Dense(64, axis: 2) | Dense(70)", "PairedPanels Panels")]
    [InlineData("x | Dense(48, axis: 2) | Dense(70)", "Panels Panels")]
    [InlineData("x | Dense(1040, axis: 2) | Dense(64, axis: 2)", "PairedPanels Panels")]
    [InlineData("x | Dense(8192, axis: 2)", "Panels")]
    public void Pairs_are_for_weights_that_several_vectors_of_a_sample_meet(string body, string orders) =>
        Assert.Equal(orders, Orders($$"""
            [Network(Layout = Layout.Channels)]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 4, 48)] Tensor x) => {{body}};
            }
            """));

    [Fact]
    public void Steps_of_a_recurrence_share_their_weight()
    {
        Assert.Equal("PairedPanels PairedPanels Panels", Orders("[Network(Layout = Layout.Channels)]\n" + Recurrence));
        Assert.Equal("Panels Panels Panels", Orders("[Network(Layout = Layout.Channels, Algorithms = Algorithms.Exact)]\n" + Recurrence));
    }

    [Theory]
    [InlineData(1), InlineData(3), InlineData(16), InlineData(21)]
    public void Predictions_agree_with_exact_ones_on_every_width(int batch)
    {
        var paired = EmittedNetwork.Of("[Network(Layout = Layout.Channels)]\n" + Recurrence);
        var exact = EmittedNetwork.Of("[Network(Layout = Layout.Channels, Algorithms = Algorithms.Exact)]\n" + Recurrence);
        foreach (var width in Enum.GetValues<VectorWidth>())
        {
            using var device = new CpuDevice(2, width) { SmallStep = 0 };
            var expected = Predict(exact, device, batch);
            var actual = Predict(paired, device, batch);
            for (var i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], actual[i], 1e-5f);
            }
        }
    }

    static float[] Predict(EmittedNetwork net, Device device, int batch)
    {
        using var network = net.Create(device, batch);
        network.Initialize(seed: 3);
        var random = new Random(4);
        network.SetInput(0, [.. Enumerable.Range(0, batch * network.Definition.Inputs[0].Count).Select(_ => random.NextSingle() - 0.5f)]);
        return network.RunPrediction().ToArray();
    }

    static string Orders(string source)
    {
        var kernels = EmittedNetwork.Of(source).Files.Single(static f => f.Text.Contains("Workspace { get; }", StringComparison.Ordinal)).Text;
        return string.Join(' ', kernels.Split('\n').Select(static line => line.Trim()).Where(static line => line.StartsWith("new(WeightOrder.", StringComparison.Ordinal))
            .Select(static line => line["new(WeightOrder.".Length..line.IndexOf(',', StringComparison.Ordinal)]));
    }
}
