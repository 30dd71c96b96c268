using System.Globalization;
using System.Text.Json;
using NetDsl.Generators.Tests.Frontend;
using NetDsl.Runtime;

namespace NetDsl.Generators.Tests.Operators;

/// <summary>Poolings beside the maximum and the average of fixed windows: their windows, and what stochastic pooling predicts.</summary>
public class PoolingTests
{
    static readonly JsonElement Golden = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "conformance", "semantics_golden.json"))).RootElement.GetProperty("spp_params");

    [Fact]
    public void A_spatial_pyramid_has_Caffes_windows()
    {
        Assert.NotEmpty(Golden.EnumerateArray());
        foreach (var size in Golden.EnumerateArray().GroupBy(static row => row.GetProperty("h").GetInt32()))
        {
            var levels = size.Count();
            var graph = Project.Graph(Source($"SpatialPyramid({levels})", $"2, {size.Key}, {size.Key}"));
            Assert.Equal([2 * (int)(Math.Pow(4, levels) - 1) / 3], graph.Nodes.Single(n => n.Result == graph.Results[0].Value).Type.Sizes);
            foreach (var (row, pool) in size.Zip(graph.Nodes.Where(static n => n.Operator.Name == "MaxPool"), static (row, pool) => (row, pool)))
            {
                int Expected(string name) => row.GetProperty(name).GetInt32();
                foreach (var axis in new[] { "Height", "Width" })
                {
                    Assert.Equal((Expected("kernel"), Expected("stride"), Expected("pad")), (pool.Integer("kernel" + axis), pool.Integer("stride" + axis), pool.Integer("padding" + axis)));
                }

                Assert.Equal([2, Expected("bins"), Expected("bins")], pool.Type.Sizes);
            }
        }
    }

    [Fact]
    public void Adaptive_windows_begin_and_end_as_PyTorchs()
    {
        // Five in three: [0, 2), [1, 4), [3, 5); two in three: [0, 1), [0, 2), [1, 2).
        Assert.Equal([0.5f, 2, 3.5f], Predict("AdaptiveAvgPool(1, 3)", "1, 1, 5", [0, 1, 2, 3, 4]));
        Assert.Equal([1f, 3, 4], Predict("AdaptiveMaxPool(1, 3)", "1, 1, 5", [0, 1, 2, 3, 4]));
        Assert.Equal([1f, 2, 3], Predict("AdaptiveAvgPool(1, 3)", "1, 1, 2", [1, 3]));
    }

    [Fact]
    public void Unpooling_puts_values_where_the_first_maxima_were()
    {
        Assert.Equal([0f, 0, 7, 0, 5, 0, 0, 0], Predict("(t => MaxPool(2)(t) | MaxUnpool(t, 2))", "1, 2, 4", [1, 3, 7, 7, 5, 5, 2, 7]));
    }

    [Fact]
    public void A_prediction_of_stochastic_pooling_is_the_mean_by_probability()
    {
        Assert.Equal([2.5f, 0], Predict("StochasticPool(2)", "1, 2, 4", [1, 3, 0, -1, 0, -5, 0, 0]));
    }

    [Fact]
    public void Training_takes_elements_as_often_as_they_are_large()
    {
        const int Batch = 4096;
        using var device = new CpuDevice(2, VectorWidth.Widest);
        using var network = CompiledNetwork.Of(Source("StochasticPool(2)", "1, 2, 2") .Replace("BatchSum(SampleSum(y * y))", "BatchMean(SampleSum(y))", StringComparison.Ordinal), reference: false).On(device, Batch);
        network.Initialize(5);
        network.SetInput(0, [.. Enumerable.Range(0, Batch).SelectMany(static _ => new float[] { 1, 3, 4, 0 })]);

        // The mean of what is taken is (1 + 9 + 16) / 8; its deviation over 4096 windows is 0.016.
        Assert.Equal(3.25, network.StepGradients(), 0.08);
    }

    /// <summary>A network of one stage.</summary>
    static string Source(string stage, string shape) => $$"""
        [Network]
        public partial class Net
        {
            static Tensor Forward([Shape(Batch, {{shape}})] Tensor x)
            {
                Layer stage = {{(stage.StartsWith('(') ? stage[1..^1] : stage)}};
                return x | stage;
            }

            static Tensor Loss(Tensor y) => BatchSum(SampleSum(y * y));
        }
        """;

    /// <summary>What a network of one stage makes of a sample, with its parameters at their start.</summary>
    internal static float[] Predict(string stage, string shape, float[] x)
    {
        Assert.Equal(x.Length, shape.Split(',').Select(static s => int.Parse(s, CultureInfo.InvariantCulture)).Aggregate(1, static (a, b) => a * b));
        using var device = new CpuDevice(1, VectorWidth.Widest);
        using var network = CompiledNetwork.Of(Source(stage, shape), reference: false).On(device, 1);
        network.Initialize(1);
        network.SetInput(0, x);
        return [.. network.RunPrediction()];
    }
}
