using System.Collections.Concurrent;

namespace NetDsl.Generators.Tests.Emit.FreeSizes;

/// <summary>
/// Networks of any height and width, which stand in their sources as <c>$H</c> and <c>$W</c>, and of labels that are as large as a pooling makes the image, <c>$h</c> and <c>$w</c>, or as the layer behind
/// it that doubles that, <c>$2h</c> and <c>$2w</c>.
/// </summary>
static class FreeSizeNetworks
{
    public static IReadOnlyList<string> Names => [.. Sources.Keys];

    /// <summary>The network for one height and width.</summary>
    public static EmittedNetwork Of(string name, int height, int width) =>
        EmittedNetwork.Of(With(name, ("$H", $"{height}"), ("$W", $"{width}"), ("$h", $"{(height / 2) + 1}"), ("$w", $"{(width / 2) + 1}"), ("$2h", $"{(height / 2 * 2) + 1}"), ("$2w", $"{(width / 2 * 2) + 1}")));

    /// <summary>The network for any, and the height and width that it is compiled for. Tests share it: what takes their time is the compiling, here and of what runs first.</summary>
    public static EmittedNetwork Any(string name, int height = 30, int width = 41) => Compiled.GetOrAdd((name, height, width), static key => new(() => Compile(key.Name, key.Height, key.Width))).Value;

    static readonly ConcurrentDictionary<(string Name, int Height, int Width), Lazy<EmittedNetwork>> Compiled = [];

    static EmittedNetwork Compile(string name, int height, int width) => EmittedNetwork.Of(
        With(name, ("$H", "Any"), ("$W", "Any"), ("$h", "Any"), ("$w", "Any"), ("$2h", "Any"), ("$2w", "Any"))
            .Replace("[Network(", $"[Network(Height = {height}, Width = {width}, ", StringComparison.Ordinal)
            .Replace("[Network]", $"[Network(Height = {height}, Width = {width})]", StringComparison.Ordinal));

    static string With(string name, params (string Old, string New)[] sizes) => sizes.Aggregate(Sources[name], static (source, size) => source.Replace(size.Old, size.New, StringComparison.Ordinal));

    static readonly Dictionary<string, string> Sources = new()
    {
        // What fully convolutional networks have: poolings that round up, skips, enlarged scores that are cropped to where the image lies.
        ["Segmentation"] = Segmentation("[Network]"),
        ["SegmentationInSamples"] = Segmentation("[Network(Layout = Layout.Samples)]"),

        // What classifies an image of any size: averages and poolings to a fixed number of places.
        ["Classification"] = """
            using static NetDsl.Filler;

            [Network(Layout = Layout.Channels)]
            public partial class Classification
            {
                static (Tensor scores, Tensor aux) Forward([Shape(Batch, 3, $H, $W)] Tensor image)
                {
                    var features = image | Conv(16, kernel: (5, 3), stride: (2, 2)) | PReLU() | LRN(3, region: LrnRegion.WithinChannel) | Conv(16, kernel: 3, padding: 1, group: 4) | ELU();
                    var both = features + Fill(Conv(16, kernel: 3, padding: 2, dilation: 2), Xavier)(features) | MVN() | AvgPool(3, stride: 2);
                    return (both | GlobalAvgPool | Dense(4), Concat(both | AdaptiveMaxPool(2) | Flatten, both | GlobalMaxPool | Flatten) | Dense(4));
                }

                static Tensor Loss(Tensor scores, Tensor aux, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label) + 0.3f * SoftmaxCrossEntropy(aux, label);

                static Tensor Metrics(Tensor scores, Tensor aux, [Shape(Batch)] Labels label) => Accuracy(scores, label);
            }
            """,

        // Labels and targets of a size that layers make of the image's, each as large as the tensor in front of it; and the image again.
        ["Coarse"] = """
            [Network]
            public partial class Coarse
            {
                static (Tensor scores, Tensor back) Forward([Shape(Batch, 3, $H, $W)] Tensor image)
                {
                    var features = image | Conv(16, kernel: 3, padding: 1) | ReLU | MaxPool(3, stride: 2, padding: 1);
                    return (features | Conv(5, kernel: 3, padding: 2, dilation: 2), features | ConvTranspose(3, kernel: 3, stride: 2, padding: 1));
                }

                static Tensor Loss(Tensor scores, [Shape(Batch, $h, $w)] Labels label, Tensor back, [Shape(Batch, 3, $2h, $2w)] Tensor target, [Shape(Batch, 3, $H, $W)] Tensor image) =>
                    SoftmaxCrossEntropy(scores, label, ignoreLabel: 255) + 0.1f * Euclidean(back, target) + 0.01f * Euclidean(back | Crop(image), image);

                static (Tensor accuracy, Tensor meanIoU) Metrics(Tensor scores, Tensor back, [Shape(Batch, $h, $w)] Labels label) => (PixelAccuracy(scores, label, ignoreLabel: 255), MeanIoU(scores, label, ignoreLabel: 255));
            }
            """,

        // Movements: pieces of an image are cut out, put side by side, turned and looked at in another shape.
        ["Movements"] = """
            [Network]
            public partial class Movements
            {
                static Tensor Forward([Shape(Batch, 4, $H, $W)] Tensor image)
                {
                    var (left, right) = Split(image | Conv(6, kernel: 3, padding: 1), parts: 2);
                    var inner = Slice(left, start: 1, length: image.Shape[2] - 2, axis: 2);
                    var high = Concat([inner, Slice(right, 0, 2, axis: 2)], axis: 2);
                    var rows = Reshape(high * right, [3, -1]) | Softmax;
                    return Reshape(rows, [3, image.Shape[2], image.Shape[3]]) | Pad(1) | Conv(2, kernel: 3) | Permute(2, 1, 3);
                }

                static Tensor Loss(Tensor y, [Shape(Batch, $H, $W)] Tensor target) => Euclidean(Reshape(Slice(y, 0, 1, axis: 2), [target.Shape[1], target.Shape[2]]), target);
            }
            """,
    };

    static string Segmentation(string attribute) => $$"""
        using static NetDsl.Filler;

        {{attribute}}
        public partial class Segmentation
        {
            static Tensor Forward([Shape(Batch, 3, $H, $W)] Tensor image)
            {
                var pool1 = image | Conv(16, kernel: 3, padding: 11, name: "conv1") | ReLU | LRN(5) | MaxPool(2);
                var pool2 = pool1 | Conv(20, kernel: 5, padding: 2, name: "conv2") | BatchNorm(name: "norm2") | Scale(bias: true, name: "scale2") | ReLU | MaxPool(3, stride: 2, padding: 1);
                var coarse = pool2 | Conv(16, kernel: 2, stride: 2, name: "conv3") | ReLU | Dropout(0.3f) | Conv(5, kernel: 1, name: "score3");
                var fine = coarse | Fill(ConvTranspose(5, kernel: 4, stride: 2, padding: 1, name: "enlarge3"), Bilinear);
                var fused = fine + (pool2 | Conv(5, kernel: 1, name: "score2") | Crop(fine));
                var both = Concat(fused, fine | Sigmoid) | Conv(5, kernel: 3, padding: 1, name: "mix");
                return both | Fill(ConvTranspose(5, kernel: 8, stride: 4, bias: false, name: "enlarge"), Interpolation) | Crop(image);
            }

            static Tensor Loss(Tensor scores, [Shape(Batch, $H, $W)] Labels label) =>
                SoftmaxCrossEntropy(scores, label, ignoreLabel: 255) + 0.1f * SoftmaxCrossEntropy(scores * (3f / scores.Shape[3]), label, ignoreLabel: 255, normalization: Normalization.Full);

            static (Tensor meanIoU, Tensor pixelAccuracy) Metrics(Tensor scores, [Shape(Batch, $H, $W)] Labels label) =>
                (MeanIoU(scores, label, ignoreLabel: 255), PixelAccuracy(scores, label, ignoreLabel: 255));
        }
        """;
}
