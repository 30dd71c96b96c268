using static NetDsl.Filler;

namespace NetDsl.Networks.Blocks;

/// <summary>The modules of residual networks (He et al. 2015, figure 5), with the stride in the first convolution as published.</summary>
public static class Residual
{
    /// <summary>A convolution without bias, batch normalisation, and a factor and a constant for each channel.</summary>
    /// <param name="filters">Output channels.</param>
    /// <param name="kernel">Height and width of the kernel, in pixels; the size is kept where the stride is 1.</param>
    /// <param name="stride">Step between neighbouring outputs, in pixels.</param>
    /// <param name="bias">The convolution adds a constant too.</param>
    [Block]
    public static Layer Normalized(int filters, int kernel, int stride = 1, bool bias = false) =>
        Fill(Conv(filters, kernel, stride, padding: kernel / 2, bias: bias), Msra) >> BatchNorm() >> Scale(bias: true);

    /// <summary>Two 3×3 convolutions and a shortcut.</summary>
    /// <param name="filters">Output channels.</param>
    /// <param name="stride">Step of the first convolution, in pixels.</param>
    /// <param name="project">The shortcut is a 1×1 convolution, because size or channels change.</param>
    [Block]
    public static Layer Basic(int filters, int stride = 1, bool project = false)
    {
        var shortcut = project ? Normalized(filters, kernel: 1, stride) : x => x;
        var body = Normalized(filters, kernel: 3, stride) >> ReLU >> Normalized(filters, kernel: 3);
        return x => shortcut(x) + body(x) | ReLU;
    }

    /// <summary>A 1×1 convolution to a quarter of the channels, a 3×3 one on them, a 1×1 one back, and a shortcut.</summary>
    /// <param name="filters">Output channels; a multiple of 4.</param>
    /// <param name="stride">Step of the first convolution, in pixels.</param>
    /// <param name="project">The shortcut is a 1×1 convolution, because size or channels change.</param>
    [Block]
    public static Layer Bottleneck(int filters, int stride = 1, bool project = false)
    {
        var shortcut = project ? Normalized(filters, kernel: 1, stride) : x => x;
        var body = Normalized(filters / 4, kernel: 1, stride) >> ReLU >> Normalized(filters / 4, kernel: 3) >> ReLU >> Normalized(filters, kernel: 1);
        return x => shortcut(x) + body(x) | ReLU;
    }
}
