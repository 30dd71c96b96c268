using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetDsl.Kernels;

/// <summary>
/// Packs the weights of one pair of output blocks: a matrix with a row an output channel is turned, so that the outputs lie side by side. Squares of eight by eight are turned in registers: in
/// training every weight is packed in every step, and where an image is small, as in a fully convolutional head, that takes longer than what it is packed for.
/// </summary>
readonly unsafe ref struct DirectPacking
{
    const int Square = RegisterSquare.Size;

    // A phase of a gradient through a large stride has few taps of many: they are picked out one by one.
    const int MostPhases = 4;

    // What a kernel element is, is noted on the stack.
    const int MostElements = 4096;

    // Why a kernel element is not among the taps: this phase of a gradient leaves it to another one.
    const int Absent = -1;

    readonly DirectPass pass;
    readonly bool gradient;
    readonly int elements;
    readonly int width;
    readonly int lanes;
    readonly nint laneStride;
    readonly nint channelStride;
    readonly nint first;
    readonly int kernelWidth;

    /// <param name="shape">The convolution.</param>
    /// <param name="pass">The pass: all of it, or one phase of a gradient.</param>
    /// <param name="gradient">Outputs are the channels of x, inputs the filters; else the other way round.</param>
    /// <param name="group">The group, which has whole blocks.</param>
    /// <param name="pair">The pair of output blocks in it.</param>
    public DirectPacking(in ConvolutionShape shape, in DirectPass pass, bool gradient, int group, int pair)
    {
        this.pass = pass;
        this.gradient = gradient;
        kernelWidth = shape.KernelWidth;
        elements = shape.Taps;
        width = Math.Min(2, pass.OutputBlocks - pair * 2) * ChannelBlocks.Lanes;
        var firstOutput = pair * 2 * ChannelBlocks.Lanes;
        lanes = Math.Min(width, pass.OutputChannels - firstOutput);
        var filter = (nint)(shape.Channels / shape.Group) * elements;
        (laneStride, channelStride) = gradient ? (elements, filter) : (filter, (nint)elements);
        var inputs = gradient ? (pass.InputBlocks - 1) * ChannelBlocks.Lanes + pass.LastChannels : 0;
        first = (gradient ? group * inputs * filter : group * pass.OutputChannels * filter) + firstOutput * laneStride;
    }

    /// <summary>Squares serve where a block of channels is of one group, and most kernel elements are taps of this pass.</summary>
    public static bool Serves(in ConvolutionShape shape, in DirectPass pass) =>
        (shape.Group == 1 || shape.Group == pass.Groups) && shape.Taps <= MostElements && pass.Taps * MostPhases >= shape.Taps;

    public void Pack(float* weight, float* packed)
    {
        var taps = stackalloc int[elements];
        FillTaps(taps);
        var source = weight + first;
        for (var block = 0; block < pass.InputBlocks; block++)
        {
            var channels = block + 1 < pass.InputBlocks ? ChannelBlocks.Lanes : pass.LastChannels;
            if (lanes < width)
            {
                new Span<float>(packed, channels * pass.Taps * width).Clear();
            }

            if (!gradient)
            {
                // The channels of a filter lie one behind another: one row.
                Turn(source, packed, taps, 0, channels * elements, channels);
            }
            else
            {
                for (var channel = 0; channel < channels; channel++)
                {
                    Turn(source + channel * channelStride, packed, taps, channel, elements, channels);
                }
            }

            source += channels * channelStride;
            packed += (nint)channels * pass.Taps * width;
        }
    }

    /// <summary>Which tap a kernel element is.</summary>
    void FillTaps(int* taps)
    {
        new Span<int>(taps, elements).Fill(Absent);
        for (var r = 0; r < pass.Rows.Taps; r++)
        {
            for (var c = 0; c < pass.Columns.Taps; c++)
            {
                taps[pass.Rows.Kernel(r) * kernelWidth + pass.Columns.Kernel(c)] = r * pass.Columns.Taps + c;
            }
        }
    }

    /// <summary>Turns columns that lie side by side, with a row a lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Turn(float* source, float* packed, int* taps, int channel, int columns, int channels)
    {
        var targets = stackalloc float*[Square];
        var element = 0;
        for (var column = 0; column < columns; column += Square)
        {
            var count = Math.Min(Square, columns - column);
            for (var i = 0; i < count; i++)
            {
                targets[i] = taps[element] == Absent ? null : packed + (taps[element] * (nint)channels + channel) * width;
                if (++element == elements)
                {
                    element = 0;
                    channel++;
                }
            }

            if (laneStride == 1)
            {
                // One element a kernel: nothing to turn, the lanes lie side by side.
                if (targets[0] != null)
                {
                    Unsafe.CopyBlock(targets[0], source + column, (uint)lanes * sizeof(float));
                }

                continue;
            }

            var lane = 0;
            if (count == Square && RegisterSquare.IsSupported)
            {
                for (; lane + Square <= lanes; lane += Square)
                {
                    TurnSquare(source + lane * laneStride + column, laneStride, targets, lane);
                }
            }

            for (var i = 0; i < count; i++)
            {
                if (targets[i] != null)
                {
                    for (var l = lane; l < lanes; l++)
                    {
                        targets[i][l] = source[l * laneStride + column + i];
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void TurnSquare(float* source, nint stride, float** targets, int lane)
    {
        RegisterSquare.Columns(source, stride, out var c0, out var c1, out var c2, out var c3, out var c4, out var c5, out var c6, out var c7);
        Store(targets[0], lane, c0);
        Store(targets[1], lane, c1);
        Store(targets[2], lane, c2);
        Store(targets[3], lane, c3);
        Store(targets[4], lane, c4);
        Store(targets[5], lane, c5);
        Store(targets[6], lane, c6);
        Store(targets[7], lane, c7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store(float* target, int lane, Vector256<float> values)
    {
        if (target != null)
        {
            values.Store(target + lane);
        }
    }
}
