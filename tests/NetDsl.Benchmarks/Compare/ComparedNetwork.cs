namespace NetDsl.Benchmarks.Compare;

/// <summary>A row of the comparison.</summary>
/// <param name="Network">The network's name in the zoo.</param>
/// <param name="Batch">Samples of a training step.</param>
/// <param name="Layout">The layout in which TorchSharp trains it faster.</param>
/// <param name="Predictions">Batches that are predicted.</param>
sealed record ComparedNetwork(string Network, int Batch, string Layout, params int[] Predictions)
{
    public static readonly IReadOnlyList<ComparedNetwork> All =
    [
        new("LeNet", 64, "nhwc", 1, 16),
        new("CifarQuick", 100, "nhwc", 1, 16),
        new("LstmClassifier", 32, "nchw", 1, 16),
        new("CaffeNet", 16, "nchw", 1, 16),
        new("GoogLeNet", 8, "nhwc", 1, 16),
        new("VggD", 4, "nchw", 1, 16),
        new("Fcn32sSmall", 1, "nchw", 1),
    ];
}
