using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>How a convolution is cut into columns: pixels of the result in groups, and parts of whole channels, whose taps lie one behind the other in a row of weights.</summary>
readonly unsafe ref struct ColumnPass
{
    /// <summary>Pixels of the result that are worked on at once.</summary>
    public const int GroupPixels = 64;

    /// <summary>Taps of a part, about: its columns fit the second-level cache, and a piece of a row of weights is long enough to be read ahead.</summary>
    const int PartTaps = 768;

    readonly ConvolutionShape shape;
    readonly int partChannels;

    public ColumnPass(in ConvolutionShape shape)
    {
        this.shape = shape;
        var whole = ChannelBlocks.Count(shape.Channels) * ChannelBlocks.Lanes;
        partChannels = Math.Clamp(PartTaps / shape.Taps / ChannelBlocks.Lanes * ChannelBlocks.Lanes, ChannelBlocks.Lanes, whole);
    }

    /// <summary>Parts of the channels.</summary>
    public int Parts => (shape.Channels + partChannels - 1) / partChannels;

    /// <summary>Taps of a part, of all its channels; the last has fewer.</summary>
    public int Width => partChannels * shape.Taps;

    /// <summary>The same, up to a multiple of 32.</summary>
    public int Stride => (Width + 31) / 32 * 32;

    /// <summary>Blocks of sixteen channels in a part, at most.</summary>
    public int PartBlocks => partChannels / ChannelBlocks.Lanes;

    int Pixels => shape.OutputHeight * shape.OutputWidth;

    /// <summary>Groups of a sample's pixels.</summary>
    public int Groups => (Pixels + GroupPixels - 1) / GroupPixels;

    /// <summary>Channels of a part.</summary>
    public int Channels(int part) => Math.Min(partChannels, shape.Channels - part * partChannels);

    /// <summary>Its sample, its first pixel there, and how many it has.</summary>
    public (int Sample, int First, int Count) Group(int number)
    {
        var first = number % Groups * GroupPixels;
        return (number / Groups, first, Math.Min(GroupPixels, Pixels - first));
    }

    /// <summary>columns[c · taps + t][p] = x[c, p + t]; zeros up to the group's last pixel.</summary>
    /// <returns>Rows.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int TapRows(float* x, int part, int first, int pixels, float* columns)
    {
        for (var tap = 0; tap < shape.Taps; tap++)
        {
            for (var p = 0; p < GroupPixels; p++)
            {
                Copy(x, part, tap, p < pixels ? first + p : -1, columns + (nint)tap * GroupPixels + p, (nint)shape.Taps * GroupPixels);
            }
        }

        return Channels(part) * shape.Taps;
    }

    /// <summary>rows[p][c · taps + t] = x[c, p + t].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void PixelRows(float* x, int part, int first, int pixels, float* rows)
    {
        for (var p = 0; p < pixels; p++)
        {
            for (var tap = 0; tap < shape.Taps; tap++)
            {
                Copy(x, part, tap, first + p, rows + (nint)p * Stride + tap, shape.Taps);
            }
        }
    }

    /// <summary>dx[c, p + t] += rows[p][c · taps + t], into the part's blocks of dx.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Scatter(float* rows, int part, int first, int pixels, float* dx)
    {
        var channels = Channels(part);
        for (var p = 0; p < pixels; p++)
        {
            for (var tap = 0; tap < shape.Taps; tap++)
            {
                var place = Place(first + p, tap);
                if (place < 0)
                {
                    continue;
                }

                var from = rows + (nint)p * Stride + tap;
                for (var channel = 0; channel < channels; channel += ChannelBlocks.Lanes)
                {
                    var to = dx + (nint)channel / ChannelBlocks.Lanes * shape.InputBlockSize + place * ChannelBlocks.Lanes;
                    for (var lane = 0; lane < Math.Min(ChannelBlocks.Lanes, channels - channel); lane++)
                    {
                        to[lane] += *from;
                        from += shape.Taps;
                    }
                }
            }
        }
    }

    /// <summary>The part's channels of one place, each <paramref name="stride"/> floats behind the one before; zeros for pixel −1 and beside the image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Copy(float* x, int part, int tap, int pixel, float* to, nint stride)
    {
        var channels = Channels(part);
        var place = pixel < 0 ? -1 : Place(pixel, tap);
        for (var channel = 0; channel < channels; channel += ChannelBlocks.Lanes)
        {
            var from = x + (nint)(part * partChannels + channel) / ChannelBlocks.Lanes * shape.InputBlockSize + place * ChannelBlocks.Lanes;
            for (var lane = 0; lane < Math.Min(ChannelBlocks.Lanes, channels - channel); lane++)
            {
                *to = place < 0 ? 0 : from[lane];
                to += stride;
            }
        }
    }

    /// <summary>Where a tap of a pixel lies on a plane of x; −1 beside it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int Place(int pixel, int tap)
    {
        var h = pixel / shape.OutputWidth * shape.StrideHeight - shape.PaddingHeight + tap / shape.KernelWidth * shape.DilationHeight;
        var w = pixel % shape.OutputWidth * shape.StrideWidth - shape.PaddingWidth + tap % shape.KernelWidth * shape.DilationWidth;
        return (uint)h < (uint)shape.Height && (uint)w < (uint)shape.Width ? h * shape.Width + w : -1;
    }
}
