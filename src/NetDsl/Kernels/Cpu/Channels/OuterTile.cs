namespace NetDsl.Kernels;

/// <summary>c[r, 0 … 31] (+)= Σ over k of a[k, r] b[k, 0 … 31], by the tiles for the registers that there are; every sum runs over k in ascending order.</summary>
static unsafe class OuterTile
{
    /// <summary>Any number of rows.</summary>
    public static void Multiply<T>(float* a, nint aStride, float* b, nint bStride, int depth, float* c, nint cStride, int rows, bool accumulate)
        where T : struct, IMemoryLanes<T>
    {
        if (T.Count == ChannelBlocks.Lanes)
        {
            var nothing = default(NothingAhead);
            OuterTile512.Multiply(a, aStride, b, bStride, depth, c, cStride, rows, accumulate, ref nothing);
        }
        else
        {
            OuterTileNarrow.Multiply<T>(a, aStride, b, bStride, depth, c, cStride, rows, accumulate);
        }
    }

    /// <summary>The same; wide tiles ask for lines while they compute.</summary>
    public static void Multiply<T>(float* a, nint aStride, float* b, nint bStride, int depth, float* c, nint cStride, int rows, bool accumulate, LinesAhead ahead)
        where T : struct, IMemoryLanes<T>
    {
        if (T.Count == ChannelBlocks.Lanes)
        {
            ahead.Spread(depth * ((rows + 13) / 14));
            OuterTile512.Multiply(a, aStride, b, bStride, depth, c, cStride, rows, accumulate, ref ahead);
        }
        else
        {
            OuterTileNarrow.Multiply<T>(a, aStride, b, bStride, depth, c, cStride, rows, accumulate);
        }
    }
}
