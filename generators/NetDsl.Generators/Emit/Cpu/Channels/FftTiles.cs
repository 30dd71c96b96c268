using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu.Channels;

/// <summary>The tiles of the library's <c>FftConvolution</c>, and whether they pay: in all passes of a training step together, the packing of the weights included.</summary>
static class FftTiles
{
    /// <summary>Elements of a kernel from which transforms cost less than they save.</summary>
    const int EnoughTaps = 49;

    /// <summary>A sum of products has to need so many times the products.</summary>
    const int EnoughGain = 4;

    /// <summary>Most floats of the packed weights: 128 MB.</summary>
    const long MostPacked = 1 << 25;

    /// <summary>Weights of a kernel's element from which up to 11×11 elements take smaller tiles.</summary>
    const int ManyWeights = 32 * 32;

    /// <summary>The algorithm, or null where it does not pay.</summary>
    public static ConvolutionAlgorithm? Choose(ConvolutionGeometry g)
    {
        var points = Points(Math.Max(g.KernelHeight, g.KernelWidth), g.Channels / g.Group * (g.Filters / g.Group));
        if (g.KernelHeight * g.KernelWidth < EnoughTaps || points == 0)
        {
            return null;
        }

        // Of a transposed convolution, what is called its result is the larger side.
        var (height, width) = ((int)Math.Min(g.Height.Value, g.OutputHeight.Value), (int)Math.Min(g.Width.Value, g.OutputWidth.Value));
        var tiles = (long)Tiles(height, points + 1 - g.KernelHeight) * Tiles(width, points + 1 - g.KernelWidth);
        var places = 4 + 3 * (points / 2 - 1) * (points + 2);
        var taps = (long)g.KernelHeight * g.KernelWidth;
        var packed = (long)places * g.Channels * (g.Filters / g.Group);
        if (packed > MostPacked || taps * height * width < EnoughGain * tiles * places)
        {
            return null;
        }

        var results = (points + 1 - g.KernelHeight) * (points + 1 - g.KernelWidth);
        return new("FftConvolution", "WeightOrder.Fft", $"Fourier transforms of {points}×{points} points: {places} products for {results} results instead of {taps * results}.");
    }

    /// <summary>Points on a side of a tile, as the library chooses them; 0 where the kernel is too large.</summary>
    static int Points(int kernel, int weights) => kernel switch
    {
        <= 9 => 16,
        <= 11 when weights > ManyWeights => 16,
        <= 23 => 32,
        <= 48 => 64,
        _ => 0,
    };

    static int Tiles(int size, int tile) => (size + tile - 1) / tile;
}
