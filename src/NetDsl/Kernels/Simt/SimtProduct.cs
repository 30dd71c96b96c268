using ILGPU;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <summary>
/// Sums of products [rows, depth] · [depth, columns] on a GPU. The threads of a group lie on a grid; each owns 8 × 8 sums in registers, and all of them bring the next
/// 8 of the depth to shared memory. Where rows and columns are few, parts of the depth go to different groups, and a second launch adds them in a fixed order.
/// </summary>
public static class SimtProduct
{
    /// <summary>Sums of a thread along rows and along columns.</summary>
    internal const int Edge = 8;

    /// <summary>Threads of a group along rows and along columns, at most.</summary>
    internal const int MostThreads = 16;

    /// <summary>How far a tile reaches into the depth.</summary>
    internal const int TileDepth = 8;

    // Four floats more than the widest tile: what is written down a column falls into different banks.
    internal const int Pitch = (Edge * MostThreads) + 4;
    const int Pitch4 = Pitch / 4;

    /// <summary>The group of channels that a thread works on.</summary>
    public static int GroupOf(SimtProductSizes sizes) => sizes.Summing ? Item() / (sizes.Rows * sizes.Columns) : Grid.IdxZ / sizes.Parts;

    /// <param name="step">The launch.</param>
    /// <param name="left">The left side.</param>
    /// <param name="right">Where the right side's elements lie.</param>
    /// <param name="grid">What lies there.</param>
    /// <param name="results">Takes the sums.</param>
    public static void Run<TRows, TColumns, TResults>(SimtStep step, TRows left, TColumns right, SimtGrid grid, TResults results)
        where TRows : struct, ISimtRows
        where TColumns : struct, ISimtColumns
        where TResults : struct, ISimtResults
    {
        if (step.Sizes.Summing)
        {
            Sum(step, right, results);
        }
        else
        {
            Multiply(step, left, right, grid, results);
        }
    }

    static int Item() => (Grid.IdxX * ILGPU.Group.DimX) + ILGPU.Group.IdxX;

    /// <summary>Adds the parts of a sum.</summary>
    static void Sum<TColumns, TResults>(SimtStep step, TColumns right, TResults results)
        where TColumns : struct, ISimtColumns
        where TResults : struct, ISimtResults
    {
        var sizes = step.Sizes;
        var item = Item();
        if (item >= sizes.Sums)
        {
            return;
        }

        // Four chains of additions, so that four parts are on their way at once.
        var (first, second, third, fourth) = (0f, 0f, 0f, 0f);
        var part = 0;
        for (; part + 3 < sizes.Parts; part += 4)
        {
            first += step.Scratch[((long)part * sizes.Sums) + item];
            second += step.Scratch[((part + 1L) * sizes.Sums) + item];
            third += step.Scratch[((part + 2L) * sizes.Sums) + item];
            fourth += step.Scratch[((part + 3L) * sizes.Sums) + item];
        }

        for (; part < sizes.Parts; part++)
        {
            first += step.Scratch[((long)part * sizes.Sums) + item];
        }

        var column = sizes.ColumnAxes.At(item % sizes.Columns);
        var row = item / sizes.Columns;
        results.Store(right.Sample(column), right.Element(row % sizes.Rows, column), row, first + second + (third + fourth));
    }

    static void Multiply<TRows, TColumns, TResults>(SimtStep step, TRows left, TColumns right, SimtGrid grid, TResults results)
        where TRows : struct, ISimtRows
        where TColumns : struct, ISimtColumns
        where TResults : struct, ISimtResults
    {
        // Two tiles of each side: one is read while the next is written, so that one barrier a tile is enough.
        var lefts = SharedMemory.Allocate<Float4>(2 * TileDepth * Pitch4);
        var rights = SharedMemory.Allocate<Float4>(2 * TileDepth * Pitch4);
        var columns = new ColumnTable(
            SharedMemory.Allocate<long>(Edge * MostThreads), SharedMemory.Allocate<int>(Edge * MostThreads), SharedMemory.Allocate<int>(Edge * MostThreads));
        var leftFloats = lefts.Cast<float>();
        var rightFloats = rights.Cast<float>();

        var sizes = step.Sizes;
        var (width, height) = (ILGPU.Group.DimX, ILGPU.Group.DimY);
        var (x, y) = (ILGPU.Group.IdxX, ILGPU.Group.IdxY);
        var thread = (y * width) + x;
        var threads = width * height;
        var (tileRows, tileColumns) = (height * Edge, width * Edge);
        var (firstRow, firstColumn) = (Grid.IdxY * tileRows, Grid.IdxX * tileColumns);
        for (var i = thread; i < tileColumns; i += threads)
        {
            columns.Put(i, firstColumn + i < sizes.Columns ? right.Column(sizes.ColumnAxes.At(firstColumn + i)) : Spot.Nowhere);
        }

        ILGPU.Group.Barrier();

        // A part's tiles: all parts but the last have the same number.
        var tiles = (sizes.Depth + TileDepth - 1) / TileDepth;
        var partTiles = (tiles + sizes.Parts - 1) / sizes.Parts;
        var part = Grid.IdxZ % sizes.Parts;
        var begin = part * partTiles * TileDepth;
        var end = Math.Min(begin + (partTiles * TileDepth), sizes.Depth);

        var leftLoader = new TileLoader(left.AlongDepth, thread, threads, tileRows);
        var rightLoader = new TileLoader(right.AlongDepth, thread, threads, tileColumns);
        var leftPlace = sizes.DepthAxes.At(begin + leftLoader.Depth);
        var rightPlace = sizes.DepthAxes.At(begin + rightLoader.Depth);
        var distance = sizes.DepthAxes.At(TileDepth);
        var rows = Math.Min(leftLoader.Count, (sizes.Rows - firstRow - leftLoader.First + leftLoader.Apart - 1) / leftLoader.Apart);
        var firstAt = (long)(firstRow + leftLoader.First) * left.Distance;
        var apart = (long)leftLoader.Apart * left.Distance;
        var sums = default(Sums);
        var buffer = 0;

        // A tile is on its way while the one before it is multiplied; the last round has none to bring.
        for (var depth = begin; depth < end + TileDepth; depth += TileDepth)
        {
            var nextLeft = LoadRows(left, left.Start(leftPlace) + firstAt, apart, depth + leftLoader.Depth < end ? rows : 0);
            var nextRight = LoadColumns(grid, columns, right.Depth(rightPlace), rightLoader.First, rightLoader.Apart, depth + rightLoader.Depth < end ? rightLoader.Count : 0);
            if (depth > begin)
            {
                var a = (((TileDepth * Pitch) - buffer) / 4) + (2 * y);
                var b = (((TileDepth * Pitch) - buffer) / 4) + x;
                for (var d = 0; d < TileDepth; d += 2)
                {
                    sums = sums.Add(lefts[a], lefts[a + 1], rights[b], rights[b + width]);
                    sums = sums.Add(lefts[a + Pitch4], lefts[a + Pitch4 + 1], rights[b + Pitch4], rights[b + Pitch4 + width]);
                    a += 2 * Pitch4;
                    b += 2 * Pitch4;
                }
            }

            leftLoader.Store(leftFloats, buffer, nextLeft);
            rightLoader.Store(rightFloats, buffer, nextRight);
            for (var i = leftLoader.Count; i < leftLoader.All; i++)
            {
                var (row, d) = (firstRow + leftLoader.PositionOf(i), leftLoader.DepthOf(i));
                var inside = depth + d < end && row < sizes.Rows;
                leftFloats[buffer + (d * Pitch) + leftLoader.PositionOf(i)] = inside ? left.At(left.Start(sizes.DepthAxes.At(depth + d)) + ((long)row * left.Distance)) : 0f;
            }

            for (var i = rightLoader.Count; i < rightLoader.All; i++)
            {
                var (column, d) = (rightLoader.PositionOf(i), rightLoader.DepthOf(i));
                rightFloats[buffer + (d * Pitch) + column] = depth + d < end ? grid.At(columns.Get(column), right.Depth(sizes.DepthAxes.At(depth + d))) : 0f;
            }

            ILGPU.Group.Barrier();
            leftPlace = sizes.DepthAxes.Add(leftPlace, distance);
            rightPlace = sizes.DepthAxes.Add(rightPlace, distance);
            buffer = (TileDepth * Pitch) - buffer;
        }

        // A row of each thread at a time goes through shared memory, so that neighbouring threads store neighbouring elements.
        var firstOfGroup = Grid.IdxZ / sizes.Parts * sizes.Rows;
        for (var edge = 0; edge < Edge; edge++)
        {
            ILGPU.Group.Barrier();
            var own = sums.Row(edge);
            var at = (y * tileColumns) + (4 * x);
            leftFloats[at] = own.V0;
            leftFloats[at + 1] = own.V1;
            leftFloats[at + 2] = own.V2;
            leftFloats[at + 3] = own.V3;
            at += 4 * width;
            leftFloats[at] = own.V4;
            leftFloats[at + 1] = own.V5;
            leftFloats[at + 2] = own.V6;
            leftFloats[at + 3] = own.V7;
            ILGPU.Group.Barrier();
            for (var i = thread; i < threads * Edge; i += threads)
            {
                var row = firstRow + (i / tileColumns * Edge) + edge;
                var column = firstColumn + (i % tileColumns);
                if (row < sizes.Rows && column < sizes.Columns)
                {
                    if (sizes.Parts > 1)
                    {
                        step.Scratch[((long)part * sizes.Sums) + ((long)(firstOfGroup + row) * sizes.Columns) + column] = leftFloats[i];
                    }
                    else
                    {
                        var place = sizes.ColumnAxes.At(column);
                        results.Store(right.Sample(place), right.Element(row, place), firstOfGroup + row, leftFloats[i]);
                    }
                }
            }
        }
    }

    /// <summary>The thread's elements of a tile of the left side, all on their way at once.</summary>
    static Float8 LoadRows<TRows>(TRows left, long at, long apart, int count)
        where TRows : struct, ISimtRows => new(
            count > 0 ? left.At(at) : 0f,
            count > 1 ? left.At(at + apart) : 0f,
            count > 2 ? left.At(at + (2 * apart)) : 0f,
            count > 3 ? left.At(at + (3 * apart)) : 0f,
            count > 4 ? left.At(at + (4 * apart)) : 0f,
            count > 5 ? left.At(at + (5 * apart)) : 0f,
            count > 6 ? left.At(at + (6 * apart)) : 0f,
            count > 7 ? left.At(at + (7 * apart)) : 0f);

    /// <summary>The same of the right side.</summary>
    static Float8 LoadColumns(SimtGrid grid, ColumnTable columns, Spot depth, int first, int apart, int count) => new(
        count > 0 ? grid.At(columns.Get(first), depth) : 0f,
        count > 1 ? grid.At(columns.Get(first + apart), depth) : 0f,
        count > 2 ? grid.At(columns.Get(first + (2 * apart)), depth) : 0f,
        count > 3 ? grid.At(columns.Get(first + (3 * apart)), depth) : 0f,
        count > 4 ? grid.At(columns.Get(first + (4 * apart)), depth) : 0f,
        count > 5 ? grid.At(columns.Get(first + (5 * apart)), depth) : 0f,
        count > 6 ? grid.At(columns.Get(first + (6 * apart)), depth) : 0f,
        count > 7 ? grid.At(columns.Get(first + (7 * apart)), depth) : 0f);
}
