using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NetDsl.Kernels;

/// <summary>
/// Asks for memory before it is read. A transform's places lie far apart, each with a few kilobytes: the processor, which guesses what comes next from what came last,
/// would wait for the first lines of each.
/// </summary>
static unsafe class CacheLines
{
    /// <summary>Floats from which on asking pays: 2 MB, what the larger second-level caches hold.</summary>
    const long Enough = 512 << 10;

    /// <summary>So many floats are worth asking for.</summary>
    public static bool Exceed(long floats) => floats > Enough;

    /// <summary>Asks for <paramref name="lines"/> times 64 bytes, into the second-level cache. Only advice: nothing happens where the processor takes none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(float* first, int lines)
    {
        if (Sse.IsSupported)
        {
            for (var line = 0; line < lines; line++)
            {
                Sse.Prefetch1(first + line * ChannelBlocks.Lanes);
            }
        }
    }

    /// <summary>Asks for a line of each of <paramref name="planes"/> planes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FetchAcross(float* first, nint plane, int planes)
    {
        if (Sse.IsSupported)
        {
            for (var place = 0; place < planes; place++)
            {
                Sse.Prefetch1(first + place * plane);
            }
        }
    }

    /// <summary>Asks for <paramref name="lines"/> times 64 bytes, into the first-level cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FetchNear(float* first, int lines)
    {
        if (Sse.IsSupported)
        {
            for (var line = 0; line < lines; line++)
            {
                Sse.Prefetch0(first + line * ChannelBlocks.Lanes);
            }
        }
    }
}
