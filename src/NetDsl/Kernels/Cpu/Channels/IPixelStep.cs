namespace NetDsl.Kernels;

/// <summary>Floats from one pixel of a line to the next; where the JIT knows the number, it becomes part of the addresses.</summary>
interface IPixelStep
{
    /// <summary>The step, where <paramref name="given"/> is what the terms say.</summary>
    static abstract nint Floats(nint given);
}

/// <summary>Pixels of a channel block.</summary>
readonly struct BlockStep : IPixelStep
{
    public static nint Floats(nint given) => ChannelBlocks.Lanes;
}

/// <summary>Pixels of a <see cref="CompactRows">compact</see> row, as far apart as channels and stride put them.</summary>
readonly struct GivenStep : IPixelStep
{
    public static nint Floats(nint given) => given;
}
