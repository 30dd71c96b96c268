using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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
                var place = (nint)h * columns.Inputs + columns.TapFirst + before;
                if (pass.InRows)
                {
                    Planes(x + place, (nint)rows.Inputs * columns.Inputs, copy + before * channels, inside, channels);
                }
                else
                {
                    Pixels(x + place * ChannelBlocks.Lanes, copy + before * channels, inside, channels);
                }

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

    /// <summary>The same from channels that lie one behind the other, four pixels of four channels at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Planes(float* x, nint plane, float* target, int count, int channels)
    {
        if (channels == 1)
        {
            new ReadOnlySpan<float>(x, count).CopyTo(new Span<float>(target, count));
            return;
        }

        var i = 0;
        for (; Sse.IsSupported && i + 4 <= count; i += 4)
        {
            Square(x + i, plane, Math.Min(4, channels), out var p0, out var p1, out var p2, out var p3);
            if (channels <= 4)
            {
                p0.Store(target);
                p1.Store(target + channels);
                p2.Store(target + 2 * channels);
                p3.Store(target + 3 * channels);
            }
            else
            {
                Square(x + i + 4 * plane, plane, channels - 4, out var q0, out var q1, out var q2, out var q3);
                p0.Store(target);
                q0.Store(target + 4);
                p1.Store(target + channels);
                q1.Store(target + channels + 4);
                p2.Store(target + 2 * channels);
                q2.Store(target + 2 * channels + 4);
                p3.Store(target + 3 * channels);
                q3.Store(target + 3 * channels + 4);
            }

            target += 4 * channels;
        }

        for (; i < count; i++)
        {
            for (var channel = 0; channel < channels; channel++)
            {
                *target++ = x[channel * plane + i];
            }
        }
    }

    /// <summary>Four pixels of up to four channels, a pixel to a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Square(float* x, nint plane, int channels, out Vector128<float> p0, out Vector128<float> p1, out Vector128<float> p2, out Vector128<float> p3)
    {
        var a = Vector128.Load(x);
        var b = channels > 1 ? Vector128.Load(x + plane) : a;
        var c = channels > 2 ? Vector128.Load(x + 2 * plane) : a;
        var d = channels > 3 ? Vector128.Load(x + 3 * plane) : a;
        var (ab, ab2) = (Sse.UnpackLow(a, b), Sse.UnpackHigh(a, b));
        var (cd, cd2) = (Sse.UnpackLow(c, d), Sse.UnpackHigh(c, d));
        (p0, p1) = (Sse.MoveLowToHigh(ab, cd), Sse.MoveHighToLow(cd, ab));
        (p2, p3) = (Sse.MoveLowToHigh(ab2, cd2), Sse.MoveHighToLow(cd2, ab2));
    }
}
