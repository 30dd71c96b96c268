using ILGPU;
using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <summary>How large a product is.</summary>
/// <param name="rows">Rows of a group.</param>
/// <param name="columns">Columns, of all samples if they are the samples'.</param>
/// <param name="depth">Products of a sum.</param>
/// <param name="columnAxes">What columns count along.</param>
/// <param name="depthAxes">What the depth counts along.</param>
public readonly struct SimtProductSizes(int rows, int columns, int depth, Axes columnAxes, Axes depthAxes)
{
    public int Rows { get; } = rows;
    public int Columns { get; } = columns;
    public int Depth { get; } = depth;
    public Axes ColumnAxes { get; } = columnAxes;
    public Axes DepthAxes { get; } = depthAxes;
}

/// <summary>
/// Sums of products [rows, depth] · [depth, columns] on a GPU. The threads of a group lie on a grid; each owns 8 × 8 sums in registers, and all of them bring the next
/// 8 of the depth to shared memory. Where rows and columns are few, parts of the depth go to different groups, and a second launch adds them in their order.
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
    const int Pitch = (Edge * MostThreads) + 4;
    const int Pitch4 = Pitch / 4;

    /// <summary>The group of channels that a thread works on.</summary>
    public static int GroupOf(SimtStep step, int rows, int columns) => step.Summing ? Item() / (rows * columns) : Grid.IdxZ / step.Parts;

    public static void Run<TRows, TColumns, TResults>(SimtStep step, SimtProductSizes sizes, int group, TRows left, TColumns right, TResults results)
        where TRows : struct, ISimtFactor
        where TColumns : struct, ISimtColumns
        where TResults : struct, ISimtResults
    {
        if (step.Summing)
        {
            Sum(step, sizes, group, right, results);
        }
        else
        {
            Multiply(step, sizes, group, left, right, results);
        }
    }

    static int Item() => (Grid.IdxX * ILGPU.Group.DimX) + ILGPU.Group.IdxX;

    /// <summary>Adds the parts of a sum.</summary>
    static void Sum<TColumns, TResults>(SimtStep step, SimtProductSizes sizes, int group, TColumns right, TResults results)
        where TColumns : struct, ISimtColumns
        where TResults : struct, ISimtResults
    {
        var item = Item();
        if (item >= step.Sums)
        {
            return;
        }

        var sum = 0f;
        for (var part = 0; part < step.Parts; part++)
        {
            sum += step.Scratch[((long)part * step.Sums) + item];
        }

        var column = sizes.ColumnAxes.At(item % sizes.Columns);
        var row = (item / sizes.Columns) - (group * sizes.Rows);
        results.Store(right.Sample(column), right.Element(row, column), (group * sizes.Rows) + row, sum);
    }

    static void Multiply<TRows, TColumns, TResults>(SimtStep step, SimtProductSizes sizes, int group, TRows left, TColumns right, TResults results)
        where TRows : struct, ISimtFactor
        where TColumns : struct, ISimtColumns
        where TResults : struct, ISimtResults
    {
        // Two tiles of each side: one is read while the next is written, so that one barrier a tile is enough.
        var lefts = SharedMemory.Allocate<Float4>(2 * TileDepth * Pitch4);
        var rights = SharedMemory.Allocate<Float4>(2 * TileDepth * Pitch4);
        var columnPlaces = SharedMemory.Allocate<int>(3 * Edge * MostThreads);
        var leftFloats = lefts.Cast<float>();
        var rightFloats = rights.Cast<float>();

        var (width, height) = (ILGPU.Group.DimX, ILGPU.Group.DimY);
        var (x, y) = (ILGPU.Group.IdxX, ILGPU.Group.IdxY);
        var thread = (y * width) + x;
        var threads = width * height;
        var (tileRows, tileColumns) = (height * Edge, width * Edge);
        var (firstRow, firstColumn) = (Grid.IdxY * tileRows, Grid.IdxX * tileColumns);

        for (var i = thread; i < tileColumns; i += threads)
        {
            var place = sizes.ColumnAxes.At(firstColumn + i);
            columnPlaces[3 * i] = place.Outer;
            columnPlaces[(3 * i) + 1] = place.Middle;
            columnPlaces[(3 * i) + 2] = place.Inner;
        }

        ILGPU.Group.Barrier();

        // A part's tiles: all parts but the last have the same number.
        var tiles = (sizes.Depth + TileDepth - 1) / TileDepth;
        var partTiles = (tiles + step.Parts - 1) / step.Parts;
        var part = Grid.IdxZ % step.Parts;
        var begin = part * partTiles * TileDepth;
        var end = Math.Min(begin + (partTiles * TileDepth), sizes.Depth);

        // A thread brings elements of one depth only, every so many rows and columns.
        var apart = threads / TileDepth;
        var leftDepth = left.AlongDepth ? thread % TileDepth : thread / apart;
        var leftRow = left.AlongDepth ? thread / TileDepth : thread % apart;
        var rightDepth = right.AlongDepth ? thread % TileDepth : thread / apart;
        var rightColumn = right.AlongDepth ? thread / TileDepth : thread % apart;
        var leftPlace = sizes.DepthAxes.At(begin + leftDepth);
        var rightPlace = sizes.DepthAxes.At(begin + rightDepth);
        var distance = sizes.DepthAxes.At(TileDepth);

        var sums = default(Sums);
        var buffer = 0;
        for (var depth = begin; depth < end; depth += TileDepth)
        {
            for (var row = leftRow; row < tileRows; row += apart)
            {
                var inside = firstRow + row < sizes.Rows && depth + leftDepth < end;
                leftFloats[buffer + (leftDepth * Pitch) + row] = inside ? left.At(new Place(firstRow + row, 0, 0), leftPlace) : 0f;
            }

            for (var column = rightColumn; column < tileColumns; column += apart)
            {
                var inside = firstColumn + column < sizes.Columns && depth + rightDepth < end;
                var place = new Place(columnPlaces[3 * column], columnPlaces[(3 * column) + 1], columnPlaces[(3 * column) + 2]);
                rightFloats[buffer + (rightDepth * Pitch) + column] = inside ? right.At(place, rightPlace) : 0f;
            }

            ILGPU.Group.Barrier();
            var a = (buffer / 4) + (2 * y);
            var b = (buffer / 4) + x;
            var c = b + width;
            sums = sums.Add(lefts[a], lefts[a + 1], rights[b], rights[c]);
            sums = sums.Add(lefts[a + Pitch4], lefts[a + Pitch4 + 1], rights[b + Pitch4], rights[c + Pitch4]);
            sums = sums.Add(lefts[a + (2 * Pitch4)], lefts[a + (2 * Pitch4) + 1], rights[b + (2 * Pitch4)], rights[c + (2 * Pitch4)]);
            sums = sums.Add(lefts[a + (3 * Pitch4)], lefts[a + (3 * Pitch4) + 1], rights[b + (3 * Pitch4)], rights[c + (3 * Pitch4)]);
            sums = sums.Add(lefts[a + (4 * Pitch4)], lefts[a + (4 * Pitch4) + 1], rights[b + (4 * Pitch4)], rights[c + (4 * Pitch4)]);
            sums = sums.Add(lefts[a + (5 * Pitch4)], lefts[a + (5 * Pitch4) + 1], rights[b + (5 * Pitch4)], rights[c + (5 * Pitch4)]);
            sums = sums.Add(lefts[a + (6 * Pitch4)], lefts[a + (6 * Pitch4) + 1], rights[b + (6 * Pitch4)], rights[c + (6 * Pitch4)]);
            sums = sums.Add(lefts[a + (7 * Pitch4)], lefts[a + (7 * Pitch4) + 1], rights[b + (7 * Pitch4)], rights[c + (7 * Pitch4)]);
            leftPlace = sizes.DepthAxes.Add(leftPlace, distance);
            rightPlace = sizes.DepthAxes.Add(rightPlace, distance);
            buffer = (TileDepth * Pitch) - buffer;
        }

        // A row of each thread at a time goes through shared memory, so that neighbouring threads store neighbouring elements.
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
                var column = i % tileColumns;
                if (row < sizes.Rows && firstColumn + column < sizes.Columns)
                {
                    if (step.Parts > 1)
                    {
                        step.Scratch[((long)part * step.Sums) + ((((long)group * sizes.Rows) + row) * sizes.Columns) + firstColumn + column] = leftFloats[i];
                    }
                    else
                    {
                        var place = new Place(columnPlaces[3 * column], columnPlaces[(3 * column) + 1], columnPlaces[(3 * column) + 2]);
                        results.Store(right.Sample(place), right.Element(row, place), (group * sizes.Rows) + row, leftFloats[i]);
                    }
                }
            }
        }
    }
}
