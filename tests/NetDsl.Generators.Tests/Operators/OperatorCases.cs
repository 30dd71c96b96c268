namespace NetDsl.Generators.Tests.Operators;

/// <summary>What the operator tests run through: the operator, the input's shape, and the stage. Odd sizes, strides, groups and borders on purpose.</summary>
static class OperatorCases
{
    public static readonly (string Operator, string Shape, string Stage)[] Stages =
    [
        ("Conv", "3, 7, 6", "Conv(5, kernel: 3)"),
        ("Conv", "3, 7, 9", "Conv(4, kernel: 3, padding: 1)"),
        ("Conv", "2, 9, 9", "Conv(7, kernel: 5, padding: 2, bias: false)"),
        ("Conv", "3, 8, 8", "Conv(4, kernel: 3, stride: 2, padding: 1)"),
        ("Conv", "2, 11, 10", "Conv(3, kernel: 5, stride: 3)"),
        ("Conv", "4, 6, 6", "Conv(6, kernel: 3, padding: 1, group: 2)"),
        ("Conv", "6, 5, 5", "Conv(6, kernel: 3, padding: 1, group: 6)"),
        ("Conv", "2, 9, 8", "Conv(3, kernel: 3, dilation: 2, padding: 2)"),
        ("Conv", "3, 9, 9", "Conv(3, kernel: 3, dilation: 2, stride: 2, padding: 1)"),
        ("Conv", "3, 5, 8", "Conv(4, kernel: (1, 3), stride: (1, 2), padding: (0, 1))"),
        ("Conv", "5, 4, 4", "Conv(13, kernel: 1)"),
        ("Conv", "2, 12, 12", "Conv(2, kernel: 11, stride: 4, padding: 5)"),
        ("Dense", "7", "Dense(5)"),
        ("Dense", "3, 5, 4", "Dense(13, bias: false)"),
        ("MaxPool", "3, 6, 6", "MaxPool(2)"),
        ("MaxPool", "2, 7, 8", "MaxPool(3, stride: 2)"),
        ("MaxPool", "2, 7, 7", "MaxPool(3, stride: 2, padding: 1)"),
        ("MaxPool", "2, 7, 7", "MaxPool(3, stride: 2, rounding: Rounding.Floor)"),
        ("AvgPool", "3, 6, 6", "AvgPool(2)"),
        ("AvgPool", "2, 7, 8", "AvgPool(3, stride: 2, padding: 1)"),
        ("AvgPool", "3, 5, 4", "GlobalAvgPool"),
        ("MaxPool", "3, 5, 4", "GlobalMaxPool"),
        ("ReLU", "3, 4", "ReLU"),
        ("LeakyReLU", "3, 4", "LeakyReLU(0.1f)"),
        ("Tanh", "3, 4", "Tanh"),
        ("Sigmoid", "3, 4", "Sigmoid"),
        ("Dropout", "5, 4", "Dropout(0.3f)"),
        ("Map", "3, 4", "Map(Swish)"),
        ("Softmax", "5", "Softmax"),
        ("Softmax", "4, 2, 3", "Softmax"),
        ("Add", "3, 4", "(t => t + Tanh(t))"),
        ("Subtract", "3, 4", "(t => Tanh(t) - t)"),
        ("Multiply", "3, 4", "(t => t * Sigmoid(t))"),
        ("Divide", "3, 4", "(t => Tanh(t) / (t * t + 2f))"),
        ("Affine", "3, 4", "(t => 1.5f - 0.25f * t)"),
        ("Reshape", "3, 4", "Reshape(2, -1)"),
        ("Reshape", "3, 4", "Flatten"),
        ("Concat", "2, 3, 2", "(t => Concat(t, Tanh(t), t))"),
        ("Concat", "2, 3, 2", "(t => Concat([t, Sigmoid(t)], axis: 2))"),
        ("Slice", "6, 2", "(t => Slice(t, 1, 4) | Tanh)"),
        ("Slice", "2, 6", "(t => Slice(t, 3, 2, axis: 2))"),
        ("Slice", "6", "(t => { var (a, b, c) = Split(t, parts: 3); return a * c + Tanh(b); })"),
        ("Slice", "3, 4", "(t => { Tensor sum = null!; foreach (var s in Unstack(t)) { sum = sum is null ? s : Tanh(sum) + s; } return sum; })"),
        ("Slice", "6", "(t => Concat(Slice(t, 0, 4) * Slice(t, 2, 4), Slice(t, 1, 3), Slice(t, 1, 3)))"),
        ("Slice", "8", "(t => { var (i, f, g, o) = Split(Tanh(t), parts: 4); var c = Sigmoid(f) * g + Sigmoid(i) * Tanh(g); return Concat(Sigmoid(o) * Tanh(c), c); })"),
        ("Concat", "2, 3, 2", "(t => Concat(Concat(t, Softmax(t)), Concat(Tanh(t), t)))"),
        ("SampleSum", "3, 4", "SampleSum"),
        ("ConvTranspose", "3, 4, 5", "ConvTranspose(2, kernel: 3)"),
        ("ConvTranspose", "2, 5, 4", "ConvTranspose(3, kernel: 4, stride: 2, padding: 1)"),
        ("ConvTranspose", "2, 3, 3", "ConvTranspose(2, kernel: 3, stride: 4, padding: 1, bias: false)"),
        ("ConvTranspose", "4, 3, 4", "ConvTranspose(6, kernel: 3, stride: 2, group: 2)"),
        ("ConvTranspose", "2, 4, 3", "ConvTranspose(2, kernel: 3, stride: 2, dilation: 2, padding: 1)"),
        ("ConvTranspose", "2, 3, 4", "ConvTranspose(3, kernel: (1, 3), stride: (1, 2), padding: (0, 1))"),
        ("ConvTranspose", "15, 3, 4", "ConvTranspose(1, kernel: 1, stride: 2)"),
        ("ConvTranspose", "3, 4, 5", "Upsample(3)"),
        ("LrnScale", "7, 3, 2", "LRN(5, alpha: 1.1f)"),
        ("DividedByPower", "4", "LRN(3, alpha: 0.5f, beta: 0.6f, k: 2)"),
        ("LrnScale", "2, 4, 5", "LRN(3, alpha: 0.9f, region: LrnRegion.WithinChannel)"),
        ("PReLU", "3, 2, 5", "PReLU()"),
        ("PReLU", "5", "PReLU(shared: true)"),
        ("ELU", "3, 4", "ELU(0.7f)"),
        ("AbsVal", "3, 4", "AbsVal"),
        ("BNLL", "3, 4", "BNLL"),
        ("Exp", "3, 4", "Exp"),
        ("ExpOf", "3, 4", "Exp(2, scale: 0.5f, shift: 1)"),
        ("Log", "3, 4", "(t => Log(t * t + 1f))"),
        ("LogOf", "3, 4", "(t => Tanh(t) | Log(10, scale: 0.5f, shift: 2))"),
        ("RealPower", "3, 4", "(t => Tanh(t) | Power(0.3f, scale: 0.5f, shift: 2))"),
        ("WholePower", "3, 4", "Power(3, scale: 1.5f, shift: 0.25f)"),
        ("WholePower", "3, 4", "Power(4)"),
        ("WholePower", "3, 4", "(t => Tanh(t) | Power(-1, shift: 2))"),
        ("Affine", "3, 4", "(t => t + Power(2)(t) + Power(1, scale: 0.5f)(t) + Power(0)(t))"),
        ("Clip", "3, 4", "Clip(-0.4f, 0.5f)"),
        ("Threshold", "3, 4", "(t => t * Threshold(0.1f)(t))"),
        ("StopGradient", "3, 4", "(t => t * StopGradient(Threshold(0.1f)(t)))"),
        ("Swish", "3, 4", "(t => Layers.Swish(t) + Layers.Swish(1.5f)(t))"),
        ("GELU", "3, 4", "GELU"),
        ("Larger", "3, 4", "(t => Max(t, Tanh(t) + 0.1f, 0.3f * t))"),
        ("Add", "3, 4", "(t => Sum([0.5f, -2, 3], t, Tanh(t), t) + Sum(t, Tanh(t)) * Product(t, Sigmoid(t), t))"),
        ("Scale", "3, 2, 2", "Scale(bias: true)"),
        ("Scale", "4", "Scale()"),
        ("Bias", "3, 2, 2", "Bias()"),
        ("Scale", "3, 2, 2", "(t => Bias(Scale(t, Sigmoid(Reshape(GlobalAvgPool(t), [3]))), Reshape(GlobalMaxPool(t), [3])))"),
        ("Pad", "2, 3, 4", "Pad(1)"),
        ("Interp", "2, 3, 4", "Interp(5, 9)"),
        ("Interp", "18, 4, 3", "Interp(zoom: 3) >> Interp(2, 1)"),
        ("ChannelSum", "3, 2, 4", "(t => Concat(Reduction(ReductionOperation.Mean, axis: 2, coefficient: 3)(t), Reduction(ReductionOperation.SquareSum, axis: 2)(t)))"),
        ("SampleSum", "3, 2", "(t => Reduction()(t) + Reduction(ReductionOperation.AbsoluteSum, coefficient: 0.5f)(t))"),
        ("ArgMax", "4, 3, 6", "(t => Reshape(ArgMax(t), [1, 3, 6]) * Slice(t, 0, 1))"),
        ("ExchangeAxes", "2, 3, 4", "Permute(3, 1, 2) >> Tanh"),
        ("Concat", "2, 3", "(t => Tile(2, 3)(Tanh(t)))"),
        ("Pad", "2, 3, 4", "Pad(2, 0, 1, 3, value: 0.5f)"),
        ("Slice", "2, 5, 6", "(t => Crop(Conv(2, kernel: 3)(t), offset: (1, 2))(t))"),
        ("Slice", "2, 5, 6", "(t => Crop(t, Conv(1, kernel: 3)(t), 1, 1))"),
        ("DenseRows", "5, 4", "Dense(3, axis: 2)"),
        ("DenseRows", "3, 2, 4", "Dense(13, axis: 2, bias: false) >> Tanh"),
        ("DenseRows", "2, 3, 4", "Dense(5, axis: 3)"),
        ("DenseRows", "3, 20", "Dense(32, axis: 2) >> Tanh"),
        ("RnnStates", "4, 3", "RNN(5)"),
        ("RnnStates", "3, 4", "RNN(17) >> Dense(2, axis: 2) >> Tanh"),
        ("LstmStates", "4, 3", "LSTM(5)"),
        ("LstmStates", "3, 4", "LSTM(17, name: \"lstm\")"),
        ("LstmStates", "1, 4", "LSTM(8)"),
        ("AddToSteps", "3, 4", "(t => LSTM(3, constant: SampleSum(t) | Reshape(1))(t))"),
        ("GruStates", "4, 3", "GRU(5)"),
        ("GruStates", "3, 4", "GRU(17)"),
        ("Transpose", "3, 4", "(t => Transpose(Tanh(t)))"),
        ("SpatialFilter", "2, 4, 5", "(t => SpatialFilter(t, 1.5f))"),
        ("SoftmaxAlong", "3, 4, 2", "Softmax(axis: 2)"),
        ("SoftmaxAlong", "3, 4", "(t => Softmax(axis: 2)(t) + Softmax(axis: 1)(t))"),
        ("AdaptiveAvgPool", "3, 5, 7", "AdaptiveAvgPool(3)"),
        ("AdaptiveAvgPool", "2, 3, 4", "AdaptiveAvgPool(5, 2)"),
        ("AdaptiveMaxPool", "3, 5, 7", "AdaptiveMaxPool(3, 4)"),
        ("MaxUnpool", "3, 4, 6", "(t => MaxPool(2)(t) | Tanh | MaxUnpool(t, 2) | Conv(2, kernel: 3, padding: 1))"),
        ("MaxUnpool", "2, 5, 6", "(t => MaxPool(3, stride: 2, padding: 1)(t) | Tanh | MaxUnpool(Tanh(t), 3, stride: 2, padding: 1))"),
        ("StochasticPool", "2, 5, 6", "(t => ReLU(t) | StochasticPool(2))"),
        ("DrawPerWindow", "2, 5, 6", "(t => StochasticPool(3, stride: 1)(Sigmoid(t)) + StochasticPool(3, stride: 1)(t))"),
        ("MaxPool", "2, 5, 7", "(t => SpatialPyramid(2)(t) | Dense(2))"),
        ("AvgPool", "2, 5, 7", "SpatialPyramid(2, PyramidPooling.Average)"),
        ("Conv3D", "2, 3, 3, 4", "Conv(3, kernel: (2, 3, 3), padding: (0, 1, 1))"),
        ("Conv3D", "2, 3, 2, 4", "Conv3D(2, kernel: 2, stride: 2, padding: 1, group: 2)"),
        ("Conv3D", "1, 5, 2, 4", "Conv(2, kernel: (3, 1, 2), stride: (1, 2, 1), dilation: (2, 1, 3), bias: false)"),
        ("MaxPool", "2, 3, 4, 2", "(t => MaxPool3D(2)(t) + AvgPool3D(2)(t))"),
        ("AvgPool", "1, 3, 4, 3", "AvgPool3D(3, stride: 2, padding: 1)"),
        ("Conv", "3, 9", "Conv1D(4, kernel: 3, stride: 2, padding: 1)"),
        ("Conv", "4, 9", "Conv1D(4, kernel: 3, dilation: 2, group: 2) >> ReLU >> MaxPool1D(2) >> Tanh"),
        ("ConvTranspose", "3, 4", "ConvTranspose1D(2, kernel: 4, stride: 2, padding: 1) >> AvgPool1D(3, stride: 2)"),
        ("ConvTranspose3D", "2, 2, 3, 2", "ConvTranspose(3, kernel: (2, 3, 2), stride: (2, 1, 2), padding: (0, 1, 1))"),
        ("ConvTranspose3D", "4, 2, 2, 3", "ConvTranspose3D(2, kernel: 2, stride: 3, group: 2, bias: false)"),
        ("ConvTranspose3D", "1, 3, 2, 2", "ConvTranspose(2, kernel: (3, 2, 1), dilation: (1, 2, 1), padding: (2, 0, 0))"),
        ("LargestValues", "4, 3, 2", "(t => ArgMax(2, axis: 1, values: true)(t) * ArgMax(2, axis: 1, values: true)(Tanh(t)))"),
        ("LargestNumbers", "4, 3, 2", "(t => ArgMax(3, axis: 2)(t) * t + ArgMax(2, axis: 3)(t))"),
        ("LargestNumbers", "5, 3", "(t => ArgMax(3, values: true)(t) * Reshape(Slice(t, 1, 2), [2, 3]) + Concat(ArgMax(3)(t), ArgMax(3)(t)))"),
        ("Parameter", "3, 4", "(t => t * Parameter([3, 4])(t) + Tanh(Parameter([2, 6], name: \"free\")(t) | Reshape(3, 4)))"),
        ("Parameter", "3, 2, 2", "(t => Concat(t | Parameter([1, 2, 2]), t) | Conv(2, kernel: 1))"),
        ("Im2Col", "2, 4, 5", "Im2Col(3, stride: 2, padding: 1)"),
        ("Im2Col", "2, 5, 4", "Im2Col((2, 1), (1, 2), (0, 1), (2, 1)) >> Tanh"),
    ];

    /// <summary>Normalisations; those of the library that only they are made of, with the first of them.</summary>
    public static readonly (string Operator, string Shape, string Stage)[] Normalizations =
    [
        ("BatchNorm ChannelMean ChannelVariance SumOverBatch MeanOverBatch", "3, 4, 5", "(t => Tanh(BatchNorm(epsilon: 0.1f)(t)) + 0.5f * t)"),
        ("BatchNorm", "17, 2, 2", "BatchNorm(0.9f, epsilon: 0.1f) >> Scale(bias: true) >> ReLU >> Conv(3, kernel: 1) >> BatchNorm(epsilon: 1f) >> Tanh"),
        ("BatchNorm", "5", "(t => t + 0.3f * BatchNorm(epsilon: 0.2f)(t * Sigmoid(t)))"),
        ("MeanOverBatch", "3, 2, 2", "(t => { var y = t + Tanh(t); return BatchNorm(epsilon: 0.5f)(y) * y; })"),
        ("Standardize", "3, 4, 5", "(t => MVN(epsilon: 0.1f)(t) * t)"),
        ("Standardize", "3, 2, 2", "(t => MVN(acrossChannels: true)(t) * t)"),
        ("Center", "3, 2, 3", "(t => MVN(normalizeVariance: false)(Tanh(t)) + MVN(normalizeVariance: false, acrossChannels: true)(t))"),
        ("LayerNorm", "3, 2, 2", "LayerNorm() >> Tanh"),
        ("LayerNorm", "4, 5", "(t => LayerNorm(axis: 2, epsilon: 0.1f)(t) + t * LayerNorm(axis: 2, affine: false)(t))"),
        ("GroupNorm", "4, 3, 2", "GroupNorm(2) >> Tanh"),
        ("GroupNorm", "6, 2, 2", "(t => GroupNorm(6, epsilon: 0.2f, name: \"instance\")(t) * t + GroupNorm(1, affine: false)(t) * t)"),
        ("Normalize", "3, 2, 4", "(t => Normalize()(t) * Tanh(t))"),
        ("Normalize", "3, 2, 2", "(t => Normalize(acrossPositions: true, epsilon: 0.1f)(t) * t | Fill(Scale(), Filler.Constant(20)))"),
        ("GlobalBatchNorm", "3, 2, 5", "(t => t * BatchNorm(useGlobalStatistics: true, epsilon: 3)(t))"),
    ];

    public static readonly (string Operator, string Shape, string Extra, string Loss)[] Losses =
    [
        ("SoftmaxLoss", "3", "[Shape(Batch)] Labels label", "SoftmaxCrossEntropy(y, label)"),
        ("SoftmaxLoss", "3, 2, 2", "[Shape(Batch, 2, 2)] Labels label", "SoftmaxCrossEntropy(y, label)"),
        ("AtLeastOne", "3, 2, 2", "[Shape(Batch, 2, 2)] Labels label", "SoftmaxCrossEntropy(y, label, ignoreLabel: 2)"),
        ("LabelIsValid", "3, 2, 2", "[Shape(Batch, 2, 2)] Labels label", "SoftmaxCrossEntropy(y, label, ignoreLabel: 1)"),
        ("SoftmaxLoss", "3, 2, 2", "[Shape(Batch, 2, 2)] Labels label", "SoftmaxCrossEntropy(y, label, normalization: Normalization.BatchSize)"),
        ("SoftmaxLoss", "3", "[Shape(Batch)] Labels label", "SoftmaxCrossEntropy(y, label, normalization: Normalization.None)"),
        ("BatchMean", "4", "[Shape(Batch, 4)] Tensor target", "Euclidean(y, target)"),
        ("ContrastiveDistance", "4", "[Shape(Batch, 4)] Tensor other, [Shape(Batch)] Labels same", "Contrastive(y, other, same, margin: 2)"),
        ("ContrastiveDistance", "4", "[Shape(Batch, 4)] Tensor other, [Shape(Batch)] Labels same", "Contrastive(y, other, same, margin: 2, legacy: true)"),
        ("SoftmaxLoss", "3, 2, 2", "[Shape(Batch, 2, 2)] Labels label", "SoftmaxCrossEntropy(y, label, normalization: Normalization.Full)"),
        ("LabelWeight", "3, 2, 2", "[Shape(Batch, 2, 2)] Labels label", "SoftmaxCrossEntropy(y, label, ignoreLabel: 1, classWeights: [0.5f, 2, 3])"),
        ("SigmoidLoss", "4", "[Shape(Batch, 4)] Tensor target", "SigmoidCrossEntropy(3f * y, target)"),
        ("SigmoidLoss", "2, 3", "[Shape(Batch, 2, 3)] Tensor target", "SigmoidCrossEntropy(y, target, normalization: Normalization.Full)"),
        ("LabelValue", "2, 3", "[Shape(Batch, 2, 3)] Labels same", "SigmoidCrossEntropy(y, same, normalization: Normalization.None)"),
        ("Differs", "4", "[Shape(Batch, 4)] Tensor target", "SigmoidCrossEntropy(y, Threshold(0.1f)(target), ignored: 1, normalization: Normalization.Valid)"),
        ("LabelIsValid", "2, 3", "[Shape(Batch, 2, 3)] Labels label", "SigmoidCrossEntropy(y, label, ignoreLabel: 2, normalization: Normalization.Valid)"),
        ("HingeLoss", "3", "[Shape(Batch)] Labels label", "Hinge(y, label)"),
        ("HingeLoss", "3", "[Shape(Batch)] Labels label", "Hinge(y, label, HingeNorm.L2)"),
        ("NegativeLogLikelihood", "3", "[Shape(Batch)] Labels label", "MultinomialLogistic(Softmax(y), label)"),
        ("InfogainLoss", "3, 2, 2", "[Shape(Batch, 2, 2)] Labels label", "Infogain(y, label)"),
        ("InfogainLoss", "3", "[Shape(Batch)] Labels label", "Infogain(y, label, ignoreLabel: 1, normalization: Normalization.BatchSize)"),
        ("SmoothAbsolute", "4", "[Shape(Batch, 4)] Tensor target", "SmoothL1(y, target, sigma: 1.5f)"),
        ("ReLU", "4", "[Shape(Batch, 4)] Tensor near, [Shape(Batch, 4)] Tensor far", "Triplet(y, near, far, margin: 0.5f)"),
        ("Embed", "4", "[Shape(Batch)] Labels label", "BatchSum(SampleSum(y * Embed(label, 3, 4)))"),
        ("Embed", "3", "[Shape(Batch, 4, 2)] Labels label", "BatchSum(SampleSum(y) * SampleSum(Power(2)(Embed(label, 3, 70, bias: false))))"),
        ("RnnStates", "4, 3", "[Shape(Batch, 4)] Tensor continuation", "BatchSum(SampleSum(Power(2)(RNN(5, continuation)(y))))"),
        ("LstmStates", "4, 3", "[Shape(Batch, 4)] Tensor continuation", "BatchSum(SampleSum(Power(2)(LSTM(9, continuation)(y))))"),
        ("GruStates", "4, 3", "[Shape(Batch, 4)] Tensor continuation", "BatchSum(SampleSum(Power(2)(GRU(9, continuation)(y))))"),
        ("BilateralFilter", "2, 4, 5", "[Shape(Batch, 3, 4, 5)] Tensor image", "BatchSum(SampleSum(Power(2)(BilateralFilter(y, image, 2, 0.5f))))"),
        ("InTraining", "3, 4, 5", "[Shape(Batch, 2, 4, 5)] Tensor image", "BatchSum(SampleSum(Power(2)(MeanField(y, image, iterations: 3, training: 2, position: 2, colour: 0.5f, near: 1))))"),
        ("BatchSum", "4", "[Shape(Batch)] Labels label", "BatchSum(SampleSum(y * y)) + 0.3f * SoftmaxCrossEntropy(Slice(y, 0, 3), label)"),
    ];

    /// <summary>A network with the stage behind a probe; half the sum of squares is its loss.</summary>
    public static string Around(string shape, string stage) => $$"""
        [Network]
        public partial class Net
        {
            static Tensor Forward([Shape(Batch, {{shape}})] Tensor x)
            {
                Layer stage = {{(stage.StartsWith('(') ? stage[1..^1] : stage)}};
                return x | {{Probe(shape)}} | stage;
            }

            static Tensor Loss(Tensor y) => 0.5f * BatchSum(SampleSum(y * y));

            [Derivative(nameof(SwishDerivative))]
            static float Swish(float x) => x / (1 + MathF.Exp(-x));

            static float SwishDerivative(float x, float y) => y + (1 - y) / (1 + MathF.Exp(-x));
        }
        """;

    /// <summary>A network whose loss is the operator.</summary>
    public static string Under(string shape, string extra, string loss) => $$"""
        [Network]
        public partial class Net
        {
            static Tensor Forward([Shape(Batch, {{shape}})] Tensor x) => x | {{Probe(shape)}};

            static Tensor Loss(Tensor y, {{extra}}) => {{loss}};
        }
        """;

    /// <summary>A layer that keeps the shape and has parameters: what reaches them has passed the operator's gradient by its input.</summary>
    public static string Probe(string shape, string name = "probe")
    {
        var sizes = shape.Split(',').Select(int.Parse).ToArray();
        return sizes.Length == 3
            ? $"Conv({sizes[0]}, kernel: 1, name: \"{name}\")"
            : $"Dense({sizes.Aggregate(1, static (a, b) => a * b)}, name: \"{name}\") | Reshape({string.Join(", ", sizes)})";
    }
}
