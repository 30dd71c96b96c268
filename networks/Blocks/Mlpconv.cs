namespace NetDsl.Networks.Blocks;

/// <summary>The mlpconv layer of Network in Network (Lin, Chen and Yan 2013).</summary>
public static class MlpconvLayer
{
    /// <summary>A convolution and two 1×1 convolutions, a small perceptron at every place, each with ReLU: [N, C, H, W] to [N, third, HO, WO].</summary>
    /// <param name="number">The layer's number, from 1: names are <c>conv1</c>, <c>cccp1</c>, <c>cccp2</c>, as in the published model.</param>
    /// <param name="filters">Filters of the convolution and of the two 1×1 convolutions.</param>
    /// <param name="kernel">Height and width of the first kernel, in pixels.</param>
    /// <param name="stride">Its stride, in pixels.</param>
    /// <param name="padding">Its padding, in pixels.</param>
    [Block]
    public static Layer Mlpconv(int number, (int First, int Second, int Third) filters, int kernel, int stride = 1, int padding = 0) =>
        Conv(filters.First, kernel, stride, padding, name: $"conv{number}") >> ReLU
        >> Conv(filters.Second, kernel: 1, name: $"cccp{2 * number - 1}") >> ReLU
        >> Conv(filters.Third, kernel: 1, name: $"cccp{2 * number}") >> ReLU;
}
