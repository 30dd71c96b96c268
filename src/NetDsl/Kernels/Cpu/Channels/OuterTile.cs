namespace NetDsl.Kernels;

/// <summary>c[r, 0 … 31] (+)= Σ over k of a[k, r] b[k, 0 … 31], by the tiles for the registers that there are; every sum runs over k in ascending order.</summary>
static unsafe class OuterTile
{
    /// <summary>Any number of rows.</summary>
    public static void Multiply<T>(float* a, nint aStride, float* b, nint bStride, int depth, float* c, nint cStride, int rows, bool accumulate, LinesAhead ahead = default)
        where T : struct, IMemoryLanes<T>
    {
        if (T.Count == ChannelBlocks.Lanes)
        {
            OuterTile512.Multiply(a, aStride, b, bStride, depth, c, cStride, rows, accumulate, ahead);
        }
        else
        {
            OuterTileNarrow.Multiply<T>(a, aStride, b, bStride, depth, c, cStride, rows, accumulate);
        }
    }
}
