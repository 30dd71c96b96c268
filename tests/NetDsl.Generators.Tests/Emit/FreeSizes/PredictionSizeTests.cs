using NetDsl.Runtime;
using NetDsl.Solvers;

namespace NetDsl.Generators.Tests.Emit.FreeSizes;

/// <summary>A network whose loss takes one height and width predicts with any: it learns from windows and scans images, as MTCNN's proposals do.</summary>
public class PredictionSizeTests
{
    const string Forward = """
        [Network(Height = 12, Width = 12)]
        public partial class Scanning
        {
            static (Tensor face, Tensor scores) Forward([Shape(Batch, 3, Any, Any)] Tensor image)
            {
                var scores = image | Conv(16, kernel: 3, name: "conv1") | PReLU() | MaxPool(2) | Conv(16, kernel: 3, name: "conv2") | ReLU | Conv(2, kernel: 3, name: "conv3");
                return (Softmax(scores), scores);
            }
        """;

    /// <summary>The loss takes what one window gives; its metric even makes something of what is not there.</summary>
    static readonly EmittedNetwork Scanning = EmittedNetwork.Of(Forward + """

            static Tensor Loss(Tensor face, [Auxiliary] Tensor scores, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(Reshape(scores, [2]), label);

            static Tensor Metrics(Tensor face, Tensor scores, [Shape(Batch)] Labels label) =>
                Accuracy(Reshape(scores, [2]), label) + BatchMean(SampleSum(Slice(face, start: 0, length: 3 - face.Shape[2], axis: 1)));
        }
        """);

    static readonly EmittedNetwork Alone = EmittedNetwork.Of(Forward + "}");

    [Theory]
    [InlineData(21, 30)]
    [InlineData(11, 40)]
    [InlineData(64, 12)]
    public void It_predicts_what_its_layers_alone_predict(int height, int width)
    {
        using var device = Device.Cpu(threads: 2);
        foreach (var batch in new[] { 2, 17 })
        {
            using var alone = Alone.Create(device, batch, height, width);
            using var scanning = Scanning.Create(device, batch, height, width, training: false);
            var image = new float[batch * 3 * height * width];
            var random = new Random(3);
            Assert.All(image, (_, i) => image[i] = random.NextSingle() - 0.5f);
            foreach (var network in new[] { alone, scanning })
            {
                network.Initialize(seed: 4);
                network.SetInput(0, image);
            }

            Assert.Equal(alone.RunPrediction().ToArray(), scanning.RunPrediction().ToArray());
        }
    }

    [Fact]
    public void It_is_trained_and_evaluated_at_its_own_size_only()
    {
        using var device = Device.Cpu(threads: 1);
        using var window = Scanning.Create(device, 4, 12, 12);
        window.Initialize(seed: 1);
        window.SetInput(0, new float[4 * 3 * 12 * 12]);
        window.SetLabels(1, [0, 1, 1, 0]);
        Assert.Equal(0.693f, window.Step(new Sgd()), 3);

        const string message = "Scanning only predicts with a height and width of 21×30 (training: false), since its loss or a metric does not fit: Reshape(scores, [2]) does not fit its input [N, 2, 6, 10]: 120 elements do not fill (2).";
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => Scanning.Create(device, 4, 21, 30)).Message);
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => Scanning.Call("TrainBytes", 4, 21, 30)).Message);
        Assert.True((long)Scanning.Call("PredictBytes", 4, 21, 30)! > 0);
        using var image = Scanning.Create(device, 4, 21, 30, training: false);
        image.Parameters.CopyFrom(window.Parameters);
        image.SetInput(0, new float[4 * 3 * 21 * 30]);
        image.SetLabels(1, [0, 1, 1, 0]);
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(image.Evaluate).Message);
    }

    [Fact]
    public void On_a_device_of_many_threads_too()
    {
        using var device = SimtDevice.ForTests();
        using var image = Scanning.Create(device, 1, 14, 15, training: false);
        image.Initialize(seed: 4);
        image.SetInput(0, [.. Enumerable.Range(0, 3 * 14 * 15).Select(static i => (i % 17) - 8f)]);
        using var cpu = Device.Cpu(threads: 1);
        using var same = Scanning.Create(cpu, 1, 14, 15, training: false);
        same.Initialize(seed: 4);
        same.SetInput(0, [.. Enumerable.Range(0, 3 * 14 * 15).Select(static i => (i % 17) - 8f)]);
        Assert.All(same.RunPrediction().ToArray().Zip(image.RunPrediction().ToArray()), static pair => Assert.Equal(pair.First, pair.Second, 4));
        SimtPrograms.CompileToPtx(Scanning.SimtAt(training: false, 21, 30));
    }
}
