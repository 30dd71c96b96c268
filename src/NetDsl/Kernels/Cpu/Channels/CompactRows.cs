using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetDsl.Kernels;

/// <summary>
/// Copies the rows that some output rows read, with zeros for the padding, as [row][column][channel] without the padded lanes of a channel block: what a
/// convolution of few channels reads. The terms of a kernel row are neighbours, and so little is copied that every pass can have its own copy.
/// </summary>
static unsafe class CompactRows
{
    /// <summary>Floats behind the copy that may be overwritten.</summary>
    public const int Slack = ChannelBlocks.Lanes;

    /// <summary>The rows for the output rows <paramref name="firstRow"/> … of the only input block.</summary>
    public static void Copy(in DirectPass pass, float* x, float* copy, int firstRow, int rowCount)
    {
        var rows = pass.Rows;
        var columns = pass.Columns;
        var channels = pass.LastChannels;
        var first = firstRow * rows.InputStep + rows.TapFirst;
        var count = (rowCount - 1) * rows.InputStep + (rows.Taps - 1) * rows.TapStep + 1;
        var before = Math.Clamp(-columns.TapFirst, 0, pass.Width);
        var inside = Math.Clamp(columns.Inputs - columns.TapFirst, before, pass.Width) - before;
        for (var h = first; h < first + count; h++)
        {
            if ((uint)h < (uint)rows.Inputs)
            {
                new Span<float>(copy, before * channels).Clear();
                Pixels(x + ((nint)h * columns.Inputs + columns.TapFirst + before) * ChannelBlocks.Lanes, copy + before * channels, inside, channels);
                new Span<float>(copy + (before + inside) * channels, (pass.Width - before - inside) * channels).Clear();
            }
            else
            {
                new Span<float>(copy, pass.RowFloats).Clear();
            }

            copy += pass.RowFloats;
        }
    }

    /// <summary>Four lanes of a pixel at a time, in ascending order: what is too many is written over by the next pixel, or lies in the slack.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Pixels(float* x, float* target, int count, int channels)
    {
        for (var i = 0; i < count; i++)
        {
            Vector128.Load(x).Store(target);
            if (channels > 4)
            {
                Vector128.Load(x + 4).Store(target + 4);
            }

            x += ChannelBlocks.Lanes;
            target += channels;
        }
    }
}
