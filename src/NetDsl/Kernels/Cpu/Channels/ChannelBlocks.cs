using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <summary>
/// The channel-blocked layout: a sample's tensor [C, *S] lies as [ceil(C / 16)][S][16] floats; lane l of block b is channel 16 b + l. Lanes behind the
/// last channel are padding: finite, and of no influence.
/// </summary>
public static unsafe partial class ChannelBlocks
{
    /// <summary>Channels of a block.</summary>
    public const int Lanes = 16;

    /// <summary>Positions that are turned round at once.</summary>
    const int ItemPositions = 1024;

    /// <summary>Blocks that hold so many channels.</summary>
    public static int Count(int channels) => (channels + Lanes - 1) / Lanes;

    /// <summary>Pieces into which one sample's tensor is cut, of <paramref name="channels"/> channels with <paramref name="size"/> positions each.</summary>
    public static int ItemsOf(int channels, int size) => Count(channels) * ((size + ItemPositions - 1) / ItemPositions);

    /// <summary>Asks for 64 bytes that are read or written soon. Only advice: nothing happens where the processor takes none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(float* line) => CacheLines.FetchNear(line, 1);

    /// <summary>The channels of some positions, those of each side by side with zeros before and behind them.</summary>
    /// <param name="x">The first channel of the first position.</param>
    /// <param name="lines">Where to: for each position the margin, the channels up to a multiple of 16, the margin.</param>
    /// <param name="positions">How many.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="size">Positions of a channel, in all.</param>
    /// <param name="margin">Zeros on both sides, a multiple of 16.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Lines<T>(float* x, float* lines, int positions, int channels, int size, int margin)
        where T : struct, IMemoryLanes<T>
    {
        var (count, line) = (Count(channels) * Lanes, (nint)Count(channels) * Lanes + 2 * margin);
        for (var position = 0; position < positions; position++)
        {
            Zeros<T>(lines + position * line, margin);
            Zeros<T>(lines + position * line + margin + count, margin);
        }

        // A block after the other, so that memory is read in runs.
        for (var block = 0; block < count; block += Lanes)
        {
            var from = x + (nint)block * size;
            var to = lines + margin + block;
            for (var position = 0; position < positions; position++)
            {
                for (var lane = 0; lane < Lanes; lane += T.Count)
                {
                    T.Store(to + lane, T.Load(from + lane));
                }

                from += Lanes;
                to += line;
            }
        }

        // Behind the last channel lies what does not count.
        for (var position = 0; position < positions && channels < count; position++)
        {
            new Span<float>(lines + position * line + margin + channels, count - channels).Clear();
        }
    }

    static void Zeros<T>(float* to, int count)
        where T : struct, IMemoryLanes<T>
    {
        for (var i = 0; i < count; i += T.Count)
        {
            T.Store(to + i, default);
        }
    }

    /// <summary>From row-major [channels, size] to channel blocks; padded lanes become 0.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item: block * ItemsOf + piece.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="x">The row-major value of block 0.</param>
    /// <param name="y">The channel-blocked value of block 0.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="size">Positions of a channel.</param>
    public static void FromPlain<T>(CpuWorker worker, int begin, int end, float* x, float* y, int channels, int size)
        where T : struct, IMemoryLanes<T>
    {
        for (var item = begin; item < end; item++)
        {
            var piece = new Piece(worker, item, channels, size);
            Gather(x + piece.Plain, y + piece.Blocked, piece.Channels, piece.Positions, size);
        }
    }

    /// <summary>From channel blocks to row-major [channels, size].</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="begin">The first item: block * ItemsOf + piece.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="x">The channel-blocked value of block 0.</param>
    /// <param name="y">The row-major value of block 0.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="size">Positions of a channel.</param>
    public static void ToPlain<T>(CpuWorker worker, int begin, int end, float* x, float* y, int channels, int size)
        where T : struct, IMemoryLanes<T>
    {
        for (var item = begin; item < end; item++)
        {
            var piece = new Piece(worker, item, channels, size);
            Scatter(x + piece.Blocked, y + piece.Plain, piece.Channels, piece.Positions, size);
        }
    }

    /// <summary>
    /// Uniform numbers in [0, 1) for the vector at <paramref name="index"/> in the memory of a sample: those that the same elements get in any other layout.
    /// </summary>
    /// <param name="key">The key of the step and the operator.</param>
    /// <param name="index">Floats from the start of the value.</param>
    /// <param name="size">Positions of a channel.</param>
    /// <param name="sample">The sample.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Uniform<T>(uint key, long index, long size, uint sample)
        where T : struct, IMemoryLanes<T>
    {
        var place = index / Lanes;
        var channel = place / size * Lanes + index % Lanes;
        return T.UniformAlong(key, (uint)(channel * size + place % size), (uint)size, sample);
    }

    /// <summary>Sixteen positions at a time, so that reads and writes both fill whole cache lines while they are near.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Gather(float* x, float* y, int channels, int positions, int size)
    {
        for (var first = 0; first < positions; first += Lanes)
        {
            var count = Math.Min(Lanes, positions - first);
            var target = y + first * Lanes;
            if (channels < Lanes)
            {
                new Span<float>(target, count * Lanes).Clear();
            }

            for (var c = 0; c < channels; c++)
            {
                var source = x + (nint)c * size + first;
                for (var s = 0; s < count; s++)
                {
                    target[s * Lanes + c] = source[s];
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Scatter(float* x, float* y, int channels, int positions, int size)
    {
        for (var first = 0; first < positions; first += Lanes)
        {
            var count = Math.Min(Lanes, positions - first);
            var source = x + first * Lanes;
            for (var c = 0; c < channels; c++)
            {
                var target = y + (nint)c * size + first;
                for (var s = 0; s < count; s++)
                {
                    target[s] = source[s * Lanes + c];
                }
            }
        }
    }

    /// <summary>What one item covers.</summary>
    readonly struct Piece
    {
        public Piece(CpuWorker worker, int item, int channels, int size)
        {
            var pieces = (size + ItemPositions - 1) / ItemPositions;
            var sample = item / ItemsOf(channels, size);
            var rest = item % ItemsOf(channels, size);
            var block = rest / pieces;
            var first = rest % pieces * ItemPositions;
            Channels = Math.Min(Lanes, channels - block * Lanes);
            Positions = Math.Min(ItemPositions, size - first);
            Plain = (nint)(sample * worker.BlockStride) + (nint)block * Lanes * size + first;
            Blocked = (nint)(sample * worker.BlockStride) + ((nint)block * size + first) * Lanes;
        }

        public int Channels { get; }

        public int Positions { get; }

        public nint Plain { get; }

        public nint Blocked { get; }
    }
}
