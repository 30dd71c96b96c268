using static NetDsl.Generators.Tests.Conformance.GoldenNetwork;

namespace NetDsl.Generators.Tests.Conformance;

/// <summary>Losses, what they are divided by, and their gradients.</summary>
public class LossTests
{
    [Theory]
    [InlineData("FULL", "Full"), InlineData("VALID", "Valid"), InlineData("BATCH_SIZE", "BatchSize"), InlineData("NONE", "None")]
    public void Softmax_loss(string name, string normalization)
    {
        var golden = Golden.Group("softmax_loss");
        var (shape, sum) = (golden.Shape("x"), golden.Number("sum"));
        var network = OnEveryRoad($"""
            static Tensor Forward([Shape(Batch)] Labels row) => {Rows("x", shape)};

            static Tensor Loss(Tensor y, [Shape(Batch, {shape[2]}, {shape[3]})] Labels label) =>
                SoftmaxCrossEntropy(y, label, ignoreLabel: {golden.Integer("ignore_label")}, normalization: Normalization.{normalization});
            """);
        var divisor = sum / golden.Number(name);
        Check(network, shape[0], golden.Number(name), [("x", [.. golden.Numbers("grad_sum").Select(slope => slope / divisor)])], ("x", golden.Numbers("x")), ("label", golden.Numbers("label")));
    }

    [Fact]
    public void Where_every_label_is_ignored_the_softmax_loss_is_zero()
    {
        var network = OnEveryRoad($"""
            static Tensor Forward([Shape(Batch)] Labels row) => {Rows("x", 2, 3)};

            static Tensor Loss(Tensor y, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(y, label, ignoreLabel: 255);
            """);
        Check(network, 2, 0, [("x", new double[6])], ("x", [1, 2, 3, 4, 5, 6]), ("label", [255, 255]));
    }

    [Fact]
    public void Sigmoid_cross_entropy()
    {
        var golden = Golden.Group("sigmoid_ce");
        var items = golden.Numbers("per_item");
        var network = OnEveryRoad($"""
            static Tensor Forward([Shape(Batch)] Labels row, [Shape(Batch, 1)] Tensor target) => SigmoidLoss({Rows("x", items.Length, 1)}, target);

            static Tensor Loss(Tensor each) => BatchMean(SampleSum(each));
            """);
        foreach (var road in network)
        {
            road.Run(items.Length, net => road.Close(items, net.RunPrediction()), ("x", golden.Numbers("x")), ("target", golden.Numbers("t")));
        }

        var loss = OnEveryRoad($"""
            static Tensor Forward([Shape(Batch)] Labels row) => {Rows("x", items.Length, 1)};

            static Tensor Loss(Tensor y, [Shape(Batch, 1)] Tensor target) => SigmoidCrossEntropy(y, target);
            """);
        double[] gradient = [.. golden.Numbers("grad").Select(slope => slope / items.Length)];
        Check(loss, items.Length, items.Average(), [("x", gradient)], ("x", golden.Numbers("x")), ("target", golden.Numbers("t")));
    }

    [Fact]
    public void Euclidean_loss()
    {
        var golden = Golden.Group("euclidean");
        var (a, b, batch) = (golden.Numbers("a"), golden.Numbers("b"), golden.Integer("num"));
        var network = OnEveryRoad($"""
            static (Tensor A, Tensor B) Forward([Shape(Batch)] Labels row) => ({Rows("a", batch, a.Length / batch)}, {Rows("b", batch, b.Length / batch)});

            static Tensor Loss(Tensor a, Tensor b) => Euclidean(a, b);
            """);
        double[] gradient = [.. a.Zip(b, (p, q) => (p - q) / batch)];
        Check(network, batch, golden.Number("loss"), [("a", gradient), ("b", [.. gradient.Select(static slope => -slope)])], ("a", a), ("b", b));
    }

    [Theory]
    [InlineData("L1"), InlineData("L2")]
    public void Hinge_loss(string norm)
    {
        var golden = Golden.Group("hinge");
        var (shape, x, label) = (golden.Shape("x"), golden.Numbers("x"), golden.Numbers("label"));
        var network = OnEveryRoad($"""
            static Tensor Forward([Shape(Batch)] Labels row) => {Rows("x", shape)};

            static Tensor Loss(Tensor y, [Shape(Batch)] Labels label) => Hinge(y, label, HingeNorm.{norm});
            """);
        double[] gradient = [.. x.Select((score, i) =>
        {
            var sign = (int)label[i / shape[1]] == i % shape[1] ? 1 : -1;
            var missing = Math.Max(0, 1 - sign * score);
            return -sign * (norm == "L2" ? 2 * missing : Math.Sign(missing)) / shape[0];
        })];
        Check(network, shape[0], golden.Number(norm), [("x", gradient)], ("x", x), ("label", label));
    }

    [Theory]
    [InlineData("loss", false), InlineData("legacy", true)]
    public void Contrastive_loss(string name, bool legacy)
    {
        var golden = Golden.Group("contrastive");
        var (squares, same, margin) = (golden.Numbers("d2"), golden.Numbers("sim"), golden.Number("margin"));
        var network = OnEveryRoad($"""
            static (Tensor A, Tensor B) Forward([Shape(Batch)] Labels row) => ({Rows("a", squares.Length, 1)}, {Rows("b", squares.Length, 1)});

            static Tensor Loss(Tensor a, Tensor b, [Shape(Batch)] Labels same) => Contrastive(a, b, same, {golden.Literal("margin")}, legacy: {(legacy ? "true" : "false")});
            """);
        double[] distances = [.. squares.Select(Math.Sqrt)];

        // Caffe's, with the 1e-4 that it adds to the distance it divides by.
        double[] gradient = [.. distances.Select((d, i) =>
            (same[i] != 0 ? d : legacy ? (margin > squares[i] ? -d : 0) : -Math.Max(margin - d, 0) / (d + 1e-4) * d) / squares.Length)];
        Check(
            network, squares.Length, golden.Number(name), [("a", gradient), ("b", [.. gradient.Select(static slope => -slope)])],
            ("a", distances), ("b", new double[squares.Length]), ("same", same));
    }

    [Fact]
    public void A_tie_is_a_miss()
    {
        var golden = Golden.Group("accuracy_tie");
        var shape = golden.Shape("scores");
        var network = OnEveryRoad($"""
            static Tensor Forward([Shape(Batch)] Labels row) => {Rows("scores", shape)};

            static Tensor Metrics(Tensor scores, [Shape(Batch)] Labels label) => Accuracy(scores, label);
            """);
        foreach (var road in network)
        {
            road.Run(
                shape[0],
                net =>
                {
                    net.Evaluate();
                    Assert.Equal(golden.Number("top1"), net.Scalar("accuracy"), 1e-6);
                },
                ("scores", golden.Numbers("scores")), ("label", golden.Numbers("label")));
        }
    }

    static void Check(IEnumerable<GoldenNetwork> roads, int batch, double expected, (string Name, double[] Gradient)[] gradients, params (string, double[])[] values)
    {
        foreach (var road in roads)
        {
            road.Run(
                batch,
                network =>
                {
                    road.Close([expected], [network.StepGradients()]);
                    foreach (var (name, gradient) in gradients)
                    {
                        road.Close(gradient, network.Parameters[$"{name}.weight"].Gradient);
                    }
                },
                values);
        }
    }
}
