using ILGPU;

namespace NetDsl.Kernels;

/// <summary>Which elements of a tile a thread brings to shared memory: at one depth, every so many rows or columns.</summary>
readonly struct TileLoader
{
    readonly int depths;
    readonly int positions;

    /// <param name="alongDepth">Neighbouring threads bring neighbours along the depth; else along the other axis.</param>
    /// <param name="thread">The thread.</param>
    /// <param name="threads">Threads of the group.</param>
    /// <param name="size">Rows or columns of the tile.</param>
    public TileLoader(bool alongDepth, int thread, int threads, int size)
    {
        depths = Math.Min(threads, SimtProduct.TileDepth);
        Apart = threads / depths;
        positions = size / Apart;
        Depth = alongDepth ? thread % depths : thread / Apart;
        First = alongDepth ? thread / depths : thread % Apart;
        All = positions * SimtProduct.TileDepth / depths;
        Count = Math.Min(positions, 8);
    }

    /// <summary>The depth of the first elements, from the tile's.</summary>
    public int Depth { get; }

    /// <summary>The row or column of the first element, from the tile's.</summary>
    public int First { get; }

    /// <summary>From an element to the thread's next.</summary>
    public int Apart { get; }

    /// <summary>Elements that are loaded ahead.</summary>
    public int Count { get; }

    /// <summary>Elements of the thread; more than it loads ahead in low tiles, and where threads are so few that each brings several depths.</summary>
    public int All { get; }

    public int PositionOf(int element) => First + (element % positions * Apart);

    public int DepthOf(int element) => Depth + (element / positions * depths);

    public void Store(ArrayView<float> tile, int buffer, Float8 loaded)
    {
        var at = buffer + (Depth * SimtProduct.Pitch) + First;
        Store(tile, at, 0, loaded.V0);
        Store(tile, at, 1, loaded.V1);
        Store(tile, at, 2, loaded.V2);
        Store(tile, at, 3, loaded.V3);
        Store(tile, at, 4, loaded.V4);
        Store(tile, at, 5, loaded.V5);
        Store(tile, at, 6, loaded.V6);
        Store(tile, at, 7, loaded.V7);
    }

    void Store(ArrayView<float> tile, int at, int element, float value)
    {
        if (element < Count)
        {
            tile[at + (element * Apart)] = value;
        }
    }
}
