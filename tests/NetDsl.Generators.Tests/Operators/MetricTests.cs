using NetDsl.Generators.Tests.Emit;
using NetDsl.Generators.Tests.Frontend;
using NetDsl.Runtime;
using NetDsl.Training;

namespace NetDsl.Generators.Tests.Operators;

/// <summary>Metrics that are made of counts over a whole evaluation, on every road, against the formulas of FCN's scoring.</summary>
public class MetricTests
{
    const int Classes = 4, Positions = 6, Ignored = 255;

    const string Source = """
        [Network]
        public partial class Net
        {
            static Tensor Forward([Shape(Batch, 4, 2, 3)] Tensor x) => x + x;

            static Tensor Loss(Tensor scores, [Shape(Batch, 2, 3)] Labels label) => SoftmaxCrossEntropy(scores, label, ignoreLabel: 255);

            static (Tensor meanIoU, Tensor pixel, Tensor mean, Tensor weighted, Tensor best, Tensor top2, Tensor each) Metrics(Tensor scores, [Shape(Batch, 2, 3)] Labels label) =>
            (
                MeanIoU(scores, label, ignoreLabel: 255),
                PixelAccuracy(scores, label, ignoreLabel: 255),
                MeanAccuracy(scores, label, ignoreLabel: 255),
                FrequencyWeightedIoU(scores, label, ignoreLabel: 255),
                Accuracy(scores, label, ignoreLabel: 255),
                Accuracy(scores, label, top: 2, ignoreLabel: 255),
                AccuracyPerClass(scores, label, ignoreLabel: 255)
            );
        }
        """;

    static readonly CompiledNetwork Compiled = CompiledNetwork.Of(Source, reference: false, channels: true);

    static readonly string[] Names = ["meanIoU", "pixel", "mean", "weighted", "best", "top2", "each[0]", "each[1]", "each[2]", "each[3]"];

    public static TheoryData<string> Roads => ["samples", "channels", "SIMT"];

    /// <summary>
    /// Labels 0 0 1 255 1 1 taken for 0 1 1 2 1 0. Class 0: one of two, union 3; class 1: two of three, union 4; 2 stands only where the label is ignored, 3 nowhere.
    /// </summary>
    [Theory]
    [MemberData(nameof(Roads))]
    public void Figures_by_hand(string road)
    {
        var scores = Scores([0, 1, 1, 2, 1, 0]);
        var actual = Evaluate(road, batch: 1, new Samples(scores, [0, 0, 1, Ignored, 1, 1]));
        double[] expected = [(1 / 3.0 + 2 / 4.0) / 2, 3 / 5.0, (1 / 2.0 + 2 / 3.0) / 2, (2 * (1 / 3.0) + 3 * (2 / 4.0)) / 5, 3 / 5.0, 3 / 5.0, 1 / 2.0, 2 / 3.0, 0, 0];
        Close(expected, actual);
    }

    [Theory]
    [MemberData(nameof(Roads))]
    public void An_evaluation_counts_over_all_its_batches(string road)
    {
        var samples = Samples.Random(count: 21);
        var expected = Expected(samples);
        Close(expected, Evaluate(road, batch: 21, samples));

        // Batches of different content, the last one smaller: neither a mean of the batches' figures nor one weighted by samples.
        Close(expected, Evaluate(road, batch: 4, samples));
        Close(expected, Evaluate(road, batch: 17, samples));
    }

    [Theory]
    [MemberData(nameof(Roads))]
    public void Where_every_label_is_ignored_the_figures_are_zero(string road) =>
        Close(new double[10], Evaluate(road, batch: 2, new Samples(Scores([0, 1, 2, 3, 0, 1]), [.. Enumerable.Repeat(Ignored, Positions)])));

    [Fact]
    public void A_batch_has_figures_of_its_own()
    {
        using var device = Device.Cpu(threads: 2);
        using var network = Compiled.On(device, batch: 3);
        network.Initialize(1);
        var samples = Samples.Random(count: 3);
        network.SetInput(0, samples.Scores);
        network.SetLabels(1, samples.Labels);
        network.Evaluate();
        Close(Expected(samples), new Evaluation([.. Names.Select(name => KeyValuePair.Create(name, (double)network.Scalar(name)))], 3));
        Assert.Contains("each[0]", Assert.Throws<ArgumentException>(() => network.Scalar("each")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SoftmaxCrossEntropy(scores, label, ignoreLabel: 255)", "0.5f * BatchMean(SampleSum(scores))")]
    [InlineData("0.5f * BatchMean(SampleSum(scores))", "MeanIoU(scores, label, ignoreLabel: 255)")]
    [InlineData("0.5f * BatchMean(SampleSum(scores))", "AccuracyPerClass(scores, label, ignoreLabel: 255)")]
    public void A_label_that_is_no_class_is_refused_in_the_same_words(string loss, string metric)
    {
        using var device = Device.Cpu(threads: 1);
        using var network = CompiledNetwork.Of(
            $$"""
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 4, 2, 3)] Tensor x) => x | Conv(4, kernel: 1);

                static Tensor Loss(Tensor scores, [Shape(Batch, 2, 3)] Labels label) => {{loss}};

                static Tensor Metrics(Tensor scores, [Shape(Batch, 2, 3)] Labels label) => {{metric}};
            }
            """,
            reference: false).On(device, batch: 2);
        var error = Assert.Throws<ArgumentException>(() => network.SetLabels(1, [0, 1, 2, 3, 255, 0, 0, 0, 4, 0, 0, 0]));
        Assert.Equal("Label 4 of sample 1, element 2 in 'label' is no class: there are 4 classes, 0 to 3, and 255 is ignored.", error.Message);
    }

    [Fact]
    public void Its_kernels_compile_to_PTX()
    {
        var emitted = EmittedNetwork.Of(Source);
        SimtPrograms.CompileToPtx(emitted.Simt(training: false));
        SimtPrograms.CompileToPtx(emitted.Simt(training: true));
    }

    [Fact]
    public void A_training_program_counts_nothing()
    {
        using var device = Device.Cpu(threads: 1);
        using var network = Compiled.On(device, batch: 1);
        Assert.Equal(["loss"], network.Definition.Train!.Scalars);
        Assert.DoesNotContain(network.Definition.Train.Kernels, static k => k.Description.Contains("histogram", StringComparison.Ordinal));
        Assert.Contains(network.Definition.Predict.Kernels, static k => k.Description.Contains("histogram", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("static Tensor Loss(Tensor y, [Shape(Batch)] Labels label) => MeanIoU(y, label);", "'Loss' returns a figure of a whole evaluation, which is made of counts at its end: only Metrics may return it")]
    [InlineData("static Tensor Metrics(Tensor y, [Shape(Batch)] Labels label) => 1f - MeanIoU(y, label);", "1f - MeanIoU(y, label) takes a figure of a whole evaluation, which is made of counts at its end: Metrics returns it as it is, nothing can be computed from it")]
    public void Nothing_is_computed_from_a_figure(string member, string message)
    {
        var problem = Assert.Single(Project.Evaluate(Project.Network("return x;", "Batch, 3", member)).Diagnostics);
        Assert.Equal(("NDSL106", message), (problem.Id, problem.Message));
    }

    static Evaluation Evaluate(string road, int batch, Samples samples)
    {
        using Device device = road == "SIMT" ? SimtDevice.ForTests() : new CpuDevice(2, VectorWidth.Widest) { SmallStep = 0 };
        using var network = (road == "channels" ? Compiled.InChannels : Compiled).On(device, batch);
        network.Initialize(1);
        return Evaluation.Run(network, samples);
    }

    static void Close(double[] expected, Evaluation actual) =>
        Assert.All(Names.Zip(expected), pair => Assert.True(Math.Abs(pair.Second - actual[pair.First]) <= 1e-6, $"{pair.First} is {actual[pair.First]}, but should be {pair.Second}"));

    /// <summary>Scores of one sample that are best for these classes.</summary>
    static float[] Scores(int[] best) => [.. Enumerable.Range(0, Classes * Positions).Select(i => best[i % Positions] == i / Positions ? 1f : 0f)];

    /// <summary>As FCN's score.py and Caffe's accuracy layer work them out, over all samples at once.</summary>
    static double[] Expected(Samples samples)
    {
        var (n, hits, hits2) = (new double[Classes, Classes], new double[Classes], 0.0);
        for (var i = 0; i < samples.Labels.Length; i++)
        {
            if (samples.Labels[i] is not Ignored and var label)
            {
                var scores = Enumerable.Range(0, Classes).Select(c => samples.Scores[(i / Positions * Classes + c) * Positions + i % Positions]).ToList();
                var better = scores.Index().Count(s => s.Index != label && s.Item >= scores[label]);
                n[label, scores.IndexOf(scores.Max())]++;
                hits[label] += better < 1 ? 1 : 0;
                hits2 += better < 2 ? 1 : 0;
            }
        }

        var classes = Enumerable.Range(0, Classes).ToList();
        double[] labelled = [.. classes.Select(k => classes.Sum(j => n[k, j]))];
        double[] union = [.. classes.Select(k => labelled[k] + classes.Sum(j => n[j, k]) - n[k, k])];
        var all = labelled.Sum();
        return
        [
            classes.Where(k => union[k] > 0).Average(k => n[k, k] / union[k]),
            classes.Sum(k => n[k, k]) / all,
            classes.Where(k => labelled[k] > 0).Average(k => n[k, k] / labelled[k]),
            classes.Where(k => labelled[k] > 0).Sum(k => labelled[k] * n[k, k] / union[k]) / all,
            hits.Sum() / all,
            hits2 / all,
            .. classes.Select(k => labelled[k] > 0 ? hits[k] / labelled[k] : 0),
        ];
    }

    /// <summary>Scores and labels, in their order.</summary>
    sealed class Samples(float[] scores, int[] labels) : IBatchSource
    {
        public float[] Scores => scores;

        public int[] Labels => labels;

        public string Name => "samples";

        public IReadOnlyList<InputDefinition> Fields { get; } = [new("x", [Classes, 2, 3], IsLabels: false), new("label", [2, 3], IsLabels: true)];

        public int Count => labels.Length / Positions;

        public long Position { get; set; }

        /// <summary>Early samples have few labels that count and later ones many; scores are whole numbers, so that some are equal.</summary>
        public static Samples Random(int count)
        {
            var random = new Random(5);
            return new(
                [.. Enumerable.Range(0, count * Classes * Positions).Select(_ => (float)random.Next(6))],
                [.. Enumerable.Range(0, count * Positions).Select(i => random.Next(count) > i / Positions ? Ignored : random.Next(i / Positions % 3 + 1))]);
        }

        public void Read(SampleBatch batch)
        {
            var first = (int)(Position % Count);
            scores.AsSpan(first * Classes * Positions, batch.Count * Classes * Positions).CopyTo(batch.Values(0));
            labels.AsSpan(first * Positions, batch.Count * Positions).CopyTo(batch.Labels(1));
            Position += batch.Count;
        }
    }
}
