namespace NetDsl.Generators.Tests.Emit;

/// <summary>Networks small enough to run one thread after the other, which together use every form of kernel.</summary>
static class SmallNetworks
{
    public static TheoryData<string> Names => ["Mixed", "Points", "Pixels", "Custom", "Sequences", "Lstm", "Siamese", "Inception"];

    public static EmittedNetwork Get(string name) => name switch
    {
        "Mixed" => EmittedNetwork.Of(Mixed),
        "Points" => EmittedNetwork.Of(Points),
        "Pixels" => EmittedNetwork.Of(Pixels),
        "Custom" => EmittedNetwork.Of(Custom),
        "Sequences" => EmittedNetwork.Of(Sequences),
        "Lstm" => EmittedNetwork.OfRepository("LstmClassifier", ("Shape(Batch, 32, 128)", "Shape(Batch, 3, 6)"), ("Hidden = 128", "Hidden = 8")),
        "Siamese" => EmittedNetwork.OfRepository("SiameseMnist", ("Batch, 1, 28, 28", "Batch, 1, 16, 16"), ("Conv(20", "Conv(3"), ("Conv(50", "Conv(4"), ("Dense(500", "Dense(7")),
        _ => EmittedNetwork.OfRepository("SmallInception", ("Batch, 3, 32, 32", "Batch, 3, 16, 16"), ("Conv(32, kernel: 3", "Conv(4, kernel: 3"), ("Inception(16, 16, 32, 4, 8, 8)", "Inception(2, 2, 3, 1, 2, 2)"), ("Inception(32, 24, 48, 8, 16, 16)", "Inception(3, 2, 3, 2, 2, 1)"), ("AvgPool(5, stride: 3)", "AvgPool(5, stride: 2)")),
    };

    /// <summary>Strides, padding, groups, dilation, a residual sum, dropout, joined branches, two losses.</summary>
    const string Mixed = """
        namespace Demo;

        [Network]
        public partial class Mixed
        {
            static (Tensor scores, Tensor aux) Forward([Shape(Batch, 2, 7, 6)] Tensor image)
            {
                var a = image | Conv(4, kernel: 3, stride: 2, padding: 1) | ReLU;
                var b = a | Conv(4, kernel: 3, padding: 2, dilation: 2, group: 2, bias: false) | Tanh;
                var c = Concat(a, b, a + b * a) | MaxPool(2, stride: 1);
                return (c | AvgPool(2) | Dropout(0.3f) | Dense(5) | Sigmoid | Dense(3), c | GlobalAvgPool | Dense(3));
            }

            static Tensor Loss(Tensor scores, Tensor aux, [Shape(Batch)] Labels label) =>
                SoftmaxCrossEntropy(scores, label) + 0.3f * SoftmaxCrossEntropy(aux, label);

            static Tensor Metrics(Tensor scores, Tensor aux, [Shape(Batch)] Labels label) => Accuracy(scores, label);
        }
        """;

    /// <summary>Convolutions whose result is one place of few channels, so that a block of samples is one item of work.</summary>
    const string Points = """
        [Network]
        public partial class Points
        {
            static Tensor Forward([Shape(Batch, 3, 3, 3)] Tensor image) => image | Conv(4, kernel: 3) | ReLU | Conv(2, kernel: 1) | Flatten;

            static Tensor Loss(Tensor scores, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label);
        }
        """;

    /// <summary>A table of vectors, and every recurrence, with a continuation and without.</summary>
    const string Sequences = """
        [Network]
        public partial class Sequences
        {
            static Tensor Forward([Shape(Batch, 4)] Labels text, [Shape(Batch, 4)] Tensor continuation) =>
                Embed(text, 5, 3) | LSTM(4, continuation) | GRU(9, continuation) | RNN(3) | LSTM(3) | GRU(2) | RNN(3, continuation) | Dense(5, axis: 2);

            static Tensor Loss(Tensor scores, [Shape(Batch, 4)] Labels next) => SoftmaxCrossEntropy(Transpose(scores), next);
        }
        """;

    /// <summary>A label for each pixel, some of them ignored, and a frozen layer; in the global namespace.</summary>
    const string Pixels = """
        [Network]
        public partial class Pixels
        {
            static Tensor Forward([Shape(Batch, 3, 4, 4)] Tensor image) => image | Freeze(Conv(4, kernel: 3, padding: 1)) | ReLU | Conv(3, kernel: 1);

            static Tensor Loss(Tensor scores, [Shape(Batch, 4, 4)] Labels label) => SoftmaxCrossEntropy(scores, label, ignoreLabel: 255);
        }
        """;

    /// <summary>Operators that the user declares: an elementwise one, and one with a weight.</summary>
    const string Custom = """
        using NetDsl.Kernels;

        public static class MyLayers
        {
            [Elementwise(nameof(SwishOf))]
            public static Tensor Swish(Tensor x) => throw new NotExecutableException();

            [Derivative(nameof(SwishDerivative))]
            public static float SwishOf(float x) => x / (1 + MathF.Exp(-x));

            public static float SwishDerivative(float x) => 1 / (1 + MathF.Exp(-x)) * (1 + x * (1 - 1 / (1 + MathF.Exp(-x))));

            [Operator("[N, C, *S] -> [N, C, *S]", Kernel = typeof(GainKernel), Fusion = Fusion.Injective)]
            [Weight("gain", "[C]", Initializer.Ones)]
            public static Layer Gain() => throw new NotExecutableException();
        }

        public static class GainKernel
        {
            public static T Forward<T, TView, TGain>(TView x, TGain gain, int c, int s, int S)
                where T : struct, ILanes<T> where TView : struct, IView<T> where TGain : struct, IView<T> => gain[c] * x[c * S + s];

            [GradientOf("x")]
            public static T InputGradient<T, TView, TGain>(TView dy, TGain gain, int c, int s, int S)
                where T : struct, ILanes<T> where TView : struct, IView<T> where TGain : struct, IView<T> => gain[c] * dy[c * S + s];

            [GradientOf("gain")]
            public static T GainGradient<T, TView>(TView dy, TView x, int c, int S)
                where T : struct, ILanes<T> where TView : struct, IView<T>
            {
                var sum = T.Create(0);
                for (var s = 0; s < S; s++)
                {
                    sum = T.MultiplyAdd(dy[c * S + s], x[c * S + s], sum);
                }

                return sum;
            }
        }

        [Network]
        public partial class Custom
        {
            static Tensor Forward([Shape(Batch, 3, 5, 4)] Tensor image) => image | MyLayers.Gain() | MyLayers.Swish | Dense(3) | MyLayers.Swish;

            static Tensor Loss(Tensor scores, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label);
        }
        """;
}
