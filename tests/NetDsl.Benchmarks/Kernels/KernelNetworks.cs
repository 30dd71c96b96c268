namespace NetDsl.Benchmarks.Kernels;

/// <summary>VGG's third stage: 3×3, many channels.</summary>
[Network]
public partial class Conv3x3
{
    static Tensor Forward([Shape(Batch, 256, 56, 56)] Tensor x) => x | Conv(256, kernel: 3, padding: 1);

    static Tensor Loss(Tensor y) => BatchMean(SampleSum(y));
}

/// <summary>GoogLeNet's reductions: 1×1.</summary>
[Network]
public partial class Conv1x1
{
    static Tensor Forward([Shape(Batch, 256, 28, 28)] Tensor x) => x | Conv(128, kernel: 1);

    static Tensor Loss(Tensor y) => BatchMean(SampleSum(y));
}

/// <summary>LeNet's second convolution: 5×5, few channels.</summary>
[Network]
public partial class Conv5x5
{
    static Tensor Forward([Shape(Batch, 20, 12, 12)] Tensor x) => x | Conv(50, kernel: 5);

    static Tensor Loss(Tensor y) => BatchMean(SampleSum(y));
}

/// <summary>A large kernel, by Fourier transforms.</summary>
[Network]
public partial class Conv7x7
{
    static Tensor Forward([Shape(Batch, 64, 28, 28)] Tensor x) => x | Conv(64, kernel: 7, padding: 3);

    static Tensor Loss(Tensor y) => BatchMean(SampleSum(y));
}

/// <summary>The same as a sum of products.</summary>
[Network(Algorithms = Algorithms.Exact)]
public partial class Conv7x7Exact
{
    static Tensor Forward([Shape(Batch, 64, 28, 28)] Tensor x) => x | Conv(64, kernel: 7, padding: 3);

    static Tensor Loss(Tensor y) => BatchMean(SampleSum(y));
}

/// <summary>VGG's first dense layer is four times this one.</summary>
[Network]
public partial class Dense4096
{
    static Tensor Forward([Shape(Batch, 4096)] Tensor x) => x | Dense(4096);

    static Tensor Loss(Tensor y) => BatchMean(SampleSum(y));
}

/// <summary>The same with weights of 16 bits where it predicts.</summary>
[Network(PredictionWeights = Precision.BFloat16)]
public partial class Dense4096InHalf
{
    static Tensor Forward([Shape(Batch, 4096)] Tensor x) => x | Dense(4096);

    static Tensor Loss(Tensor y) => BatchMean(SampleSum(y));
}

/// <summary>The pooling behind GoogLeNet's stem.</summary>
[Network]
public partial class MaxPool3x3
{
    static Tensor Forward([Shape(Batch, 64, 112, 112)] Tensor x) => x | MaxPool(3, stride: 2);

    static Tensor Loss(Tensor y) => BatchMean(SampleSum(y));
}

/// <summary>What an LSTM computes of its gates.</summary>
[Network]
public partial class Gates
{
    static Tensor Forward([Shape(Batch, 4096)] Tensor x) => Sigmoid(x) * Tanh(x);

    static Tensor Loss(Tensor y) => BatchMean(SampleSum(y));
}
