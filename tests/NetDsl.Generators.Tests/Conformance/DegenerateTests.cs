using NetDsl.Runtime;
using static NetDsl.Generators.Tests.Conformance.GoldenNetwork;

namespace NetDsl.Generators.Tests.Conformance;

/// <summary>What operators do where a formula has no value, as docs/caffe-layers.md states it. What cannot be meant is an error while compiling: see BadArguments.</summary>
public class DegenerateTests
{
    const double Infinity = double.PositiveInfinity;

    /// <summary>Caffe's gradient is y divided by the base, 0/0 at a base of 0.</summary>
    [Theory]
    [InlineData("Power(0)", new[] { -2.0, 0, 3 }, new[] { 1.0, 1, 1 }, new[] { 0.0, 0, 0 })]
    [InlineData("Power(3)", new[] { -2.0, 0, 3 }, new[] { -8.0, 0, 27 }, new[] { 12.0, 0, 27 })]
    [InlineData("Power(4)", new[] { -2.0, 0, 3 }, new[] { 16.0, 0, 81 }, new[] { -32.0, 0, 108 })]
    [InlineData("Power(1.5f)", new[] { 4.0, 0 }, new[] { 8.0, 0 }, new[] { 3.0, 0 })]
    [InlineData("Power(0.5f)", new[] { 4.0, 0 }, new[] { 2.0, 0 }, new[] { 0.25, Infinity })]
    [InlineData("Power(-1)", new[] { -2.0, 4, 0 }, new[] { -0.5, 0.25, Infinity }, new[] { -0.25, -0.0625, -Infinity })]
    [InlineData("Power(0.5f)", new[] { -4.0 }, new[] { double.NaN }, new[] { double.NaN })]
    [InlineData("Power(0.5f, scale: 0, shift: 9)", new[] { -4.0, 0, 7 }, new[] { 3.0, 3, 3 }, new[] { 0.0, 0, 0 })]
    [InlineData("Power(3, scale: 2, shift: -4)", new[] { 2.0, 1 }, new[] { 0.0, -8 }, new[] { 0.0, 24 })]
    public void Powers_of_zero_and_of_negative_numbers(string layer, double[] x, double[] y, double[] gradient)
    {
        foreach (var road in OnEveryRoad($"""
            static Tensor Forward([Shape(Batch)] Labels row) => {Rows("x", 1, x.Length)} | {layer};

            static Tensor Loss(Tensor y) => BatchSum(SampleSum(y));
            """))
        {
            road.Run(
                1,
                network =>
                {
                    Same(y, network.RunPrediction());
                    if (!gradient.All(double.IsFinite))
                    {
                        // A step that is not finite is rejected.
                        Assert.Throws<NonFiniteException>(() => network.StepGradients());
                        return;
                    }

                    network.StepGradients();
                    Same(gradient, network.Parameters["x.weight"].Gradient);
                },
                ("x", x));
        }
    }

    /// <summary>The divisor of Caffe's VALID is at least 1; nothing else divides by a number of labels.</summary>
    [Theory]
    [InlineData("SoftmaxCrossEntropy(y, label, ignoreLabel: 255)")]
    [InlineData("SoftmaxCrossEntropy(y, label, ignoreLabel: 255, normalization: Normalization.BatchSize)")]
    [InlineData("SoftmaxCrossEntropy(y, label, ignoreLabel: 255, classWeights: [1, 2, 3])")]
    [InlineData("Infogain(y, label, ignoreLabel: 255)")]
    [InlineData("SigmoidCrossEntropy(SampleSum(y), label, ignoreLabel: 255, normalization: Normalization.Valid)")]
    public void Where_every_label_is_ignored_loss_and_gradient_are_zero(string loss)
    {
        foreach (var road in OnEveryRoad($"""
            static Tensor Forward([Shape(Batch)] Labels row) => {Rows("x", 2, 3)};

            static Tensor Loss(Tensor y, [Shape(Batch)] Labels label) => {loss};
            """))
        {
            road.Run(
                2,
                network =>
                {
                    Assert.Equal(0, network.StepGradients());
                    road.Close(new double[6], network.Parameters["x.weight"].Gradient);
                },
                ("x", [1, 2, 3, 4, 5, 6]), ("label", [255, 255]));
        }
    }

    /// <summary>Where nothing varies, what is divided by is epsilon; where two points coincide, Caffe's 1e-4.</summary>
    [Theory]
    [InlineData("MVN()", new[] { 1, 1, 1, 3 }, new[] { 2.0, 2, 2 }, new[] { 0.0, 0, 0 })]
    [InlineData("LayerNorm(affine: false)", new[] { 1, 3 }, new[] { 2.0, 2, 2 }, new[] { 0.0, 0, 0 })]
    [InlineData("Normalize()", new[] { 1, 3, 1, 1 }, new[] { 0.0, 0, 0 }, new[] { 0.0, 0, 0 })]
    [InlineData("Softmax", new[] { 1, 3 }, new[] { 1000.0, 1000, -1000 }, new[] { 0.5, 0.5, 0 })]
    [InlineData("StochasticPool(2)", new[] { 1, 1, 2, 2 }, new[] { -1.0, 0, 0, 0 }, new[] { 0.0 })]
    // A prediction takes running statistics: it says nothing of the batch.
    [InlineData("BatchNorm()", new[] { 1, 1, 1, 3 }, new[] { 2.0, 2, 2 }, new double[0])]
    public void What_does_not_vary_stays_finite(string layer, int[] shape, double[] x, double[] y)
    {
        foreach (var road in OnEveryRoad($"""
            static Tensor Forward([Shape(Batch)] Labels row) => {Rows("x", shape)} | {layer};

            static Tensor Loss(Tensor y) => BatchSum(SampleSum(y));
            """))
        {
            road.Run(
                1,
                network =>
                {
                    network.StepGradients();
                    Assert.All(network.Parameters["x.weight"].Gradient.ToArray(), static slope => Assert.True(float.IsFinite(slope)));
                    if (y.Length > 0)
                    {
                        road.Close(y, network.RunPrediction());
                    }
                },
                ("x", x));
        }
    }

    /// <summary>Two equal points have a distance of 0 whose root has no slope: the gradient of a contrastive loss is divided by 1e-4 there, as in Caffe, and so 0.</summary>
    [Theory]
    [InlineData(0, 1.0), InlineData(1, 0.0)]
    public void Equal_points_have_no_contrastive_gradient(int same, double loss)
    {
        foreach (var road in OnEveryRoad($"""
            static Tensor Forward([Shape(Batch)] Labels row) => {Rows("x", 1, 2)};

            static Tensor Loss(Tensor y, [Shape(Batch)] Labels same) => Contrastive(y, y, same, margin: {(loss > 0 ? "1.4142135f" : "2")});
            """))
        {
            road.Run(
                1,
                network =>
                {
                    Assert.Equal(loss, network.StepGradients(), 1e-5);
                    road.Close([0, 0], network.Parameters["x.weight"].Gradient);
                },
                ("x", [3, 4]), ("same", [same]));
        }
    }

    /// <summary>A label that no class has cannot be right, unless every class counts as right; it is refused at the input anyway where no other operator ignores it.</summary>
    [Fact]
    public void A_label_that_is_no_class_is_a_miss()
    {
        foreach (var road in OnEveryRoad($"""
            static Tensor Forward([Shape(Batch)] Labels row) => {Rows("x", 2, 3)};

            static Tensor Loss(Tensor y, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(y, label, ignoreLabel: 255);

            static Tensor Metrics(Tensor y, [Shape(Batch)] Labels label) => Accuracy(y, label);
            """))
        {
            road.Run(
                2,
                network =>
                {
                    network.Evaluate();
                    Assert.Equal(0.5, network.Scalar("accuracy"), 1e-6);
                },
                ("x", [3, 2, 1, 1, 2, 3]), ("label", [255, 2]));
        }
    }

    /// <summary>Caffe gives the top of an ArgMax at least three axes; its golden ties go to the higher number.</summary>
    [Fact]
    public void The_largest_come_in_order_with_the_last_of_equals_first()
    {
        var roads = OnEveryRoad($"""
            static (Tensor all, Tensor both, Tensor along, Tensor values) Forward([Shape(Batch)] Labels row)
            {"{"}
                var x = {Rows("x", 1, 2, 3)};
                return (x | ArgMax(4), x | ArgMax(2, values: true), x | ArgMax(2, axis: 2), x | ArgMax(2, axis: 1, values: true));
            {"}"}
            """);
        foreach (var road in roads)
        {
            road.Run(
                1,
                network =>
                {
                    network.RunPrediction();
                    road.Close([5, 1, 4, 3], network.Output("all"));
                    road.Close([5, 1, 7, 7], network.Output("both"));
                    road.Close([1, 0, 2, 1], network.Output("along"));
                    road.Close([5, 7, 7, 5, 5, -3], network.Output("values"));
                },
                ("x", [5, 7, -3, 5, 5, 7]));
        }
    }

    static void Same(double[] expected, ReadOnlySpan<float> actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(
                double.IsFinite(expected[i]) ? Math.Abs(expected[i] - actual[i]) <= 1e-5 * Math.Max(1, Math.Abs(expected[i])) : expected[i].Equals(actual[i]),
                $"Element {i} is {actual[i]}, but should be {expected[i]}");
        }
    }
}
