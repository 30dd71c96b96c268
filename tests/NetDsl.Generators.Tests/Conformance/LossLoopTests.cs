using static NetDsl.Generators.Tests.Conformance.GoldenNetwork;

namespace NetDsl.Generators.Tests.Conformance;

/// <summary>Losses and metrics of whole maps of labels, some of them ignored, against plain loops over Caffe's definitions: each value, and the gradient of their sum.</summary>
public class LossLoopTests
{
    const int Batch = 3;
    const int Classes = 4;
    const int Positions = 6;
    const int Ignored = 255;

    [Fact]
    public void Losses_of_label_maps()
    {
        var random = new Random(21);
        double[] x = [.. Enumerable.Range(0, Batch * Classes * Positions).Select(_ => (double)(float)((random.NextDouble() * 4) - 2))];
        int[] labels = [.. Enumerable.Range(0, Batch * Positions).Select(_ => random.Next(5) == 0 ? Ignored : random.Next(Classes))];
        double[] matrix = [.. Enumerable.Range(0, Classes * Classes).Select(_ => (double)(float)random.NextDouble())];
        double[] weights = [0.5, 2, 3, 1.5];
        var counted = labels.Count(static label => label != Ignored);
        (string Loss, Func<double> Loop)[] losses =
        [
            ("SoftmaxCrossEntropy(x, label, 255)", () => Softmax(x, labels) / counted),
            ("SoftmaxCrossEntropy(x, label, 255, Normalization.Full)", () => Softmax(x, labels) / (Batch * Positions)),
            ("SoftmaxCrossEntropy(x, label, 255, Normalization.BatchSize)", () => Softmax(x, labels) / Batch),
            ("SoftmaxCrossEntropy(x, label, 255, Normalization.None)", () => Softmax(x, labels)),
            ("SoftmaxCrossEntropy(x, label, 255, Normalization.Valid, [0.5f, 2, 3, 1.5f])", () => Softmax(x, labels, label => weights[label]) / counted),
            ("Infogain(x, label, 255, Normalization.Full)", () => Infogain(x, labels, matrix) / (Batch * Positions)),
        ];
        foreach (var road in OnEveryRoad($$"""
            static Tensor Forward([Shape(Batch)] Labels row) => {{Rows("x", Batch, Classes, 2, 3)}};

            static Tensor Loss(Tensor x, [Shape(Batch, 2, 3)] Labels label) => {{string.Join(" + ", losses.Select(static l => l.Loss))}};

            static ({{string.Join(", ", losses.Select(static (_, i) => $"Tensor l{i}"))}}) Metrics(Tensor x, [Shape(Batch, 2, 3)] Labels label) => ({{string.Join(", ", losses.Select(static l => l.Loss.StartsWith("Infogain", StringComparison.Ordinal) ? "SoftmaxCrossEntropy(x, label, 255)" : l.Loss))}});
            """))
        {
            road.Run(
                Batch,
                network =>
                {
                    matrix.Select(static v => (float)v).ToArray().CopyTo(network.Parameters.Single(static p => p.Name.EndsWith("matrix", StringComparison.Ordinal)).Data);
                    network.Evaluate();
                    Assert.All(losses.SkipLast(1), (loss, i) => Assert.Equal(loss.Loop(), network.Scalar($"l{i}"), 1e-5));
                    double Sum() => losses.Sum(static l => l.Loop());
                    Assert.Equal(Sum(), network.StepGradients(), 1e-4);
                    var gradient = network.Parameters["x.weight"].Gradient.ToArray();
                    road.Close([.. Enumerable.Range(0, x.Length).Select(i => Slope(x, i, Sum))], gradient);
                },
                ("x", [.. x]), ("label", [.. labels.Select(static l => (double)l)]));
        }
    }

    /// <summary>A class is right if fewer than so many score as much or more; scores of whole numbers have ties enough.</summary>
    [Fact]
    public void Accuracies_of_label_maps()
    {
        var random = new Random(22);
        double[] x = [.. Enumerable.Range(0, Batch * Classes * Positions).Select(_ => (double)random.Next(4))];
        int[] labels = [.. Enumerable.Range(0, Batch * Positions).Select(_ => random.Next(5) == 0 ? Ignored : random.Next(Classes))];
        foreach (var road in OnEveryRoad($"""
            static Tensor Forward([Shape(Batch)] Labels row) => {Rows("x", Batch, Classes, 2, 3)};

            static Tensor Loss(Tensor x, [Shape(Batch, 2, 3)] Labels label) => SoftmaxCrossEntropy(x, label, 255);

            static (Tensor top1, Tensor top2, Tensor top4, Tensor classes) Metrics(Tensor x, [Shape(Batch, 2, 3)] Labels label) =>
                (Accuracy(x, label, 1, 255), Accuracy(x, label, 2, 255), Accuracy(x, label, 4, 255), AccuracyPerClass(x, label, 2, 255));
            """))
        {
            road.Run(
                Batch,
                network =>
                {
                    network.Evaluate();
                    Assert.All(new[] { 1, 2, 4 }, top => Assert.Equal(Share(labels, x, top, static _ => true), network.Scalar($"top{top}"), 1e-6));
                    Assert.All(Enumerable.Range(0, Classes), c => Assert.Equal(Share(labels, x, 2, label => label == c), network.Scalar($"classes[{c}]"), 1e-6));
                },
                ("x", x), ("label", [.. labels.Select(static l => (double)l)]));
        }
    }

    static double Share(int[] labels, double[] x, int top, Func<int, bool> chosen)
    {
        var places = Enumerable.Range(0, labels.Length).Where(i => labels[i] != Ignored && chosen(labels[i])).ToList();
        return places.Count == 0 ? 0 : places.Average(i => Enumerable.Range(0, Classes).Count(c => c != labels[i] && x[At(i, c)] >= x[At(i, labels[i])]) < top ? 1.0 : 0);
    }

    static double Softmax(double[] x, int[] labels, Func<int, double>? weight = null) => Enumerable.Range(0, labels.Length).Where(i => labels[i] != Ignored)
        .Sum(i => (weight?.Invoke(labels[i]) ?? 1) * -LogProbability(x, i, labels[i]));

    static double Infogain(double[] x, int[] labels, double[] matrix) => Enumerable.Range(0, labels.Length).Where(i => labels[i] != Ignored)
        .SelectMany(i => Enumerable.Range(0, Classes).Select(k => -matrix[(labels[i] * Classes) + k] * LogProbability(x, i, k))).Sum();

    static double LogProbability(double[] x, int place, int c) => x[At(place, c)] - Math.Log(Enumerable.Range(0, Classes).Sum(k => Math.Exp(x[At(place, k)])));

    static int At(int place, int c) => (((place / Positions * Classes) + c) * Positions) + (place % Positions);

    static double Slope(double[] x, int i, Func<double> loss)
    {
        var kept = x[i];
        x[i] = kept + 1e-6;
        var more = loss();
        x[i] = kept - 1e-6;
        var slope = (more - loss()) / 2e-6;
        x[i] = kept;
        return slope;
    }
}
