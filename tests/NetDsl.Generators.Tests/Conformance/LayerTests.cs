using System.Text.Json;
using static NetDsl.Generators.Tests.Conformance.GoldenNetwork;

namespace NetDsl.Generators.Tests.Conformance;

/// <summary>Values and gradients of layers where Caffe has rules of its own: borders, ties, zeros.</summary>
public class LayerTests
{
    [Theory]
    [InlineData("ave_pool_pad"), InlineData("ave_pool_pad2")]
    public void Average_pooling_divides_by_the_padded_window(string group)
    {
        var golden = Golden.Group(group);
        var network = OnEveryRoad($"""
            static Tensor Forward([Shape(Batch)] Labels row) =>
                {Rows("x", [1, 1, .. golden.Shape("x")])} | AvgPool({golden.Integer("k")}, stride: {golden.Integer("s")}, padding: {golden.Integer("p")});
            """);
        Predicts(network, golden.Numbers("y"), ("x", golden.Numbers("x")));
    }

    [Fact]
    public void Normalisation_across_channels()
    {
        var golden = Golden.Group("lrn_across");
        var (size, alpha, k) = (golden.Integer("local_size"), golden.Literal("alpha"), golden.Literal("k"));
        var x = golden.Numbers("x");
        var network = OnEveryRoad($"""
            static (Tensor Y, Tensor Scale) Forward([Shape(Batch)] Labels row)
            {"{"}
                var x = {Rows("x", 1, x.Length, 1, 1)};
                return (x | LRN({size}, {alpha}, {golden.Literal("beta")}, {k}), LrnScale(x, {size}, {alpha}, {k}));
            {"}"}

            static Tensor Loss(Tensor y, Tensor scale, [Shape(Batch, {x.Length}, 1, 1)] Tensor dy) => BatchSum(SampleSum(y * dy));
            """);
        foreach (var road in network)
        {
            road.Run(
                1,
                net =>
                {
                    road.Close(golden.Numbers("y"), net.RunPrediction());
                    road.Close(golden.Numbers("scale"), net.Output("Scale"));
                    net.StepGradients();
                    road.Close(golden.Numbers("dx"), net.Parameters["x.weight"].Gradient);
                },
                ("x", x), ("dy", golden.Numbers("dy")));
        }
    }

    [Fact]
    public void Normalisation_within_a_channel()
    {
        var golden = Golden.Group("lrn_within");
        var network = OnEveryRoad($"""
            static Tensor Forward([Shape(Batch)] Labels row) =>
                {Rows("x", [1, 1, .. golden.Shape("x")])} | LRN({golden.Integer("local_size")}, {golden.Literal("alpha")}, {golden.Literal("beta")}, k: 3, region: LrnRegion.WithinChannel);
            """);
        Predicts(network, golden.Numbers("y"), ("x", golden.Numbers("x")));
    }

    [Fact]
    public void Exponential_linear_units()
    {
        var golden = Golden.Group("elu");
        var (x, y, alpha) = (golden.Numbers("x"), golden.Numbers("y"), golden.Number("alpha"));
        var network = OnEveryRoad(Summed($"{Rows("x", 1, x.Length)} | ELU({golden.Literal("alpha")})"));
        Predicts(network, y, ("x", x));
        Differentiates(network, [.. x.Zip(y, (a, b) => a > 0 ? 1 : b + alpha)], "x", ("x", x));
    }

    /// <summary>Golden group <c>prelu_zero</c> states it.</summary>
    [Theory]
    [InlineData("PReLU()", 0.25, 0.25), InlineData("ReLU", 0, 0), InlineData("LeakyReLU(0.1f)", 0.1, 0.1)]
    public void At_zero_the_gradient_is_the_slope_for_negative_inputs(string layer, double slope, double atZero)
    {
        Assert.Equal(JsonValueKind.String, Golden.Group("prelu_zero").ValueKind);
        double[] x = [-2, 0, 3];
        var network = OnEveryRoad(Summed($"{Rows("x", 1, 1, 3)} | {layer}"));
        Predicts(network, [-2 * slope, 0, 3], ("x", x));
        Differentiates(network, [slope, atZero, 1], "x", ("x", x));
    }

    [Fact]
    public void Of_equal_operands_of_a_maximum_the_second_takes_the_gradient_and_later_ones_do_not()
    {
        var golden = Golden.Group("eltwise_max_tie");
        var (a, b) = (golden.Numbers("a"), golden.Numbers("b"));
        var network = OnEveryRoad(Summed($"Max({Rows("a", 1, a.Length)}, {Rows("b", 1, b.Length)})"));
        Predicts(network, golden.Numbers("y"), ("a", a), ("b", b));
        Differentiates(network, golden.Numbers("grad_a"), "a", ("a", a), ("b", b));
        Differentiates(network, golden.Numbers("grad_b"), "b", ("a", a), ("b", b));

        var three = OnEveryRoad(Summed($"Max({Rows("a", 1, 2)}, {Rows("b", 1, 2)}, {Rows("c", 1, 2)})"));
        (string, double[])[] values = [("a", [1, 1]), ("b", [1, 0]), ("c", [1, 2])];
        Differentiates(three, [0, 0], "a", values);
        Differentiates(three, [1, 0], "b", values);
        Differentiates(three, [0, 1], "c", values);
    }

    /// <summary>Golden group <c>maxpool_tie</c> states it.</summary>
    [Fact]
    public void The_first_of_equal_maxima_of_a_window_takes_the_gradient()
    {
        Assert.StartsWith("first (lowest index) maximum", Golden.Group("maxpool_tie").GetString(), StringComparison.Ordinal);
        var whole = OnEveryRoad(Summed($"{Rows("x", 1, 1, 2, 2)} | MaxPool(2)"));
        Differentiates(whole, [0, 1, 0, 0], "x", ("x", [1, 3, 3, 3]));

        var overlapping = OnEveryRoad(Summed($"{Rows("x", 1, 1, 3, 3)} | MaxPool(2, stride: 1)"));
        Differentiates(overlapping, [0, 0, 0, 0, 4, 0, 0, 0, 0], "x", ("x", [0, 0, 0, 0, 1, 0, 0, 0, 0]));
        Differentiates(overlapping, [1, 1, 0, 1, 1, 0, 0, 0, 0], "x", ("x", [7, 7, 7, 7, 7, 7, 7, 7, 7]));
    }

    /// <summary>Golden group <c>argmax_tie</c> states it.</summary>
    [Fact]
    public void The_last_of_equal_maxima_is_the_largest_channel()
    {
        Assert.EndsWith("ties go to the HIGHER index", Golden.Group("argmax_tie").GetString(), StringComparison.Ordinal);
        var network = OnEveryRoad($"static Tensor Forward([Shape(Batch)] Labels row) => ArgMax({Rows("x", 1, 3, 2, 2)});");
        Predicts(network, [2, 2, 2, 0], ("x", [1, 1, 5, 9, 1, 4, 2, 9 - 1e-5, 1, 4, 5, -9]));
    }

    /// <summary>Caffe's <c>propagate_down: false</c>.</summary>
    [Fact]
    public void Nothing_flows_back_through_a_stopped_gradient()
    {
        (string, double[])[] values = [("x", [2, 3]), ("y", [5, -7])];
        var network = OnEveryRoad(Summed($"{Rows("x", 1, 2)} * StopGradient({Rows("y", 1, 2)})"));
        Predicts(network, [10, -21], values);
        Differentiates(network, [5, -7], "x", values);
        Differentiates(network, [0, 0], "y", values);
    }

    [Fact]
    public void Dropout_scales_what_it_keeps_and_predictions_do_without()
    {
        var golden = Golden.Group("dropout");
        const int Count = 4096;
        var (ratio, scale) = (golden.Number("ratio"), golden.Number("train_scale"));
        double[] x = [.. Enumerable.Range(1, Count).Select(static i => i / 4096.0)];
        var network = OnEveryRoad(Summed($"{Rows("x", 1, Count)} | Dropout({golden.Literal("ratio")})"));
        Predicts(network, x, ("x", x));
        foreach (var road in network)
        {
            road.Run(
                1,
                net =>
                {
                    var loss = net.StepGradients();
                    var gradient = net.Parameters["x.weight"].Gradient.ToArray();
                    Assert.All(gradient, slope => Assert.True(slope == 0 || slope == (float)scale));
                    Assert.InRange(gradient.Count(static slope => slope == 0), (ratio - 0.05) * Count, (ratio + 0.05) * Count);

                    // The mask of the gradient is that of the values.
                    Assert.Equal(gradient.Zip(x, static (slope, value) => slope * value).Sum(), loss, 0.01);
                },
                ("x", x));
        }
    }

    /// <summary>A network whose loss is the sum of what <paramref name="expression"/> computes, so that each element's gradient is 1.</summary>
    static string Summed(string expression) => $"""
        static Tensor Forward([Shape(Batch)] Labels row) => {expression};

        static Tensor Loss(Tensor y) => BatchSum(SampleSum(y));
        """;

    static void Predicts(IEnumerable<GoldenNetwork> roads, double[] expected, params (string, double[])[] values)
    {
        foreach (var road in roads)
        {
            road.Run(1, network => road.Close(expected, network.RunPrediction()), values);
        }
    }

    static void Differentiates(IEnumerable<GoldenNetwork> roads, double[] expected, string input, params (string, double[])[] values)
    {
        foreach (var road in roads)
        {
            road.Run(
                1,
                network =>
                {
                    network.StepGradients();
                    road.Close(expected, network.Parameters[$"{input}.weight"].Gradient);
                },
                values);
        }
    }
}
