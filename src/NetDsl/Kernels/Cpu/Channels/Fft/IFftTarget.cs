namespace NetDsl.Kernels;

/// <summary>Takes the elements of a tile.</summary>
/// <typeparam name="T">The lanes.</typeparam>
interface IFftTarget<T>
    where T : struct, IMemoryLanes<T>
{
    void Store(int row, int column, int lane, T value);
}

/// <summary>Passes them on to the epilogue.</summary>
/// <param name="first">Floats from the start of the result to the tile's first element.</param>
/// <param name="rowStride">Floats from one row of the result to the next.</param>
/// <param name="bias">The bias of the block's channels.</param>
/// <param name="epilogue">The epilogue.</param>
readonly unsafe struct FftResults<T, TEpilogue>(nint first, nint rowStride, float* bias, TEpilogue epilogue) : IFftTarget<T>
    where T : struct, IMemoryLanes<T>
    where TEpilogue : struct, IEpilogue<T>
{
    readonly float* bias = bias;

    public void Store(int row, int column, int lane, T value) =>
        epilogue.Store(first + row * rowStride + column * ChannelBlocks.Lanes + lane, value + T.Load(bias + lane));
}

/// <summary>Keeps them, [row][column][16].</summary>
/// <param name="target">The first element's place.</param>
/// <param name="width">Columns.</param>
readonly unsafe struct FftWeights<T>(float* target, int width) : IFftTarget<T>
    where T : struct, IMemoryLanes<T>
{
    readonly float* target = target;

    public void Store(int row, int column, int lane, T value) => T.Store(target + (row * width + column) * ChannelBlocks.Lanes + lane, value);
}
