using System.Runtime.CompilerServices;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <summary>
/// The vectors of samples that a tile works on. All vectors of a step are counted through: the parts of a block, the rows of its samples where a layer is applied to
/// several, then the next block.
/// </summary>
unsafe struct SampleColumns
{
    fixed long offsets[4];

    /// <summary>Vectors that exist: at the end of the batch fewer than the tile has. The last one stands in for the others.</summary>
    public int Count { get; private set; }

    /// <summary>Where a vector lies: floats behind block 0.</summary>
    public readonly nint this[int vector] => (nint)offsets[vector];

    /// <summary>Tiles side by side that all vectors take.</summary>
    /// <param name="blocks">Blocks of samples.</param>
    /// <param name="rows">Rows of a sample.</param>
    public static int Tiles<T>(int blocks, int rows = 1)
        where T : struct, IMemoryLanes<T>
    {
        var (all, columns) = (blocks * rows * (SampleBlock.Lanes / T.Count), SampleTile.Columns<T>());
        return (all + columns - 1) / columns;
    }

    /// <summary>The vectors of a tile.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="tile">The tile's number.</param>
    /// <param name="rows">Rows of a sample.</param>
    /// <param name="rowSize">Elements from one row to the next.</param>
    /// <typeparam name="T">The lanes.</typeparam>
    public static SampleColumns Of<T>(CpuWorker worker, int tile, int rows = 1, int rowSize = 0)
        where T : struct, IMemoryLanes<T>
    {
        var parts = SampleBlock.Lanes / T.Count;
        var first = tile * SampleTile.Columns<T>();
        SampleColumns columns = default;
        columns.Count = Math.Min(SampleTile.Columns<T>(), worker.Blocks * rows * parts - first);
        for (var i = 0; i < 4; i++)
        {
            var (row, part) = Math.DivRem(first + Math.Min(i, columns.Count - 1), parts);
            columns.offsets[i] = row / rows * worker.BlockStride + (long)(row % rows) * rowSize * SampleBlock.Lanes + part * T.Count;
        }

        return columns;
    }

    /// <summary>Points the terms to the vectors of a source.</summary>
    public readonly void Place(ref SampleTerms terms)
    {
        terms.Second = this[1] - this[0];
        terms.Third = this[2] - this[0];
        terms.Fourth = this[3] - this[0];
    }

    /// <summary>Gives the sums of a tile to what is fused behind it.</summary>
    /// <param name="sums">The sums, [pixel][target][vector].</param>
    /// <param name="tile">Pixels and targets of the tile, and its vectors, those included that do not exist.</param>
    /// <param name="first">Where the first result lies in block 0.</param>
    /// <param name="strides">From one pixel, and from one target, to the next.</param>
    /// <param name="epilogue">Takes the results.</param>
    /// <typeparam name="T">The lanes.</typeparam>
    /// <typeparam name="TEpilogue">The epilogue.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Store<T, TEpilogue>(float* sums, (int Pixels, int Targets, int Vectors) tile, nint first, (nint Pixel, nint Target) strides, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        for (var pixel = 0; pixel < tile.Pixels; pixel++)
        {
            for (var target = 0; target < tile.Targets; target++)
            {
                var result = first + pixel * strides.Pixel + target * strides.Target;
                for (var vector = 0; vector < Count; vector++)
                {
                    epilogue.Store(result + this[vector], T.Load(sums + vector * T.Count));
                }

                sums += tile.Vectors * T.Count;
            }
        }
    }
}
