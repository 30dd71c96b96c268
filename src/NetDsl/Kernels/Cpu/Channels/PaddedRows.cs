using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>
/// Copies the rows that some output rows read, with zeros for the padding, sorted by their residue by the stride: what makes a tile's pixels neighbours.
/// The copy is shared by all output channels.
/// </summary>
static unsafe class PaddedRows
{
    /// <summary>The rows for the output rows <paramref name="firstRow"/> … of the input blocks of one group.</summary>
    public static void Copy<T>(in DirectPass pass, float* x, float* copy, int firstRow, int rowCount)
        where T : struct, IMemoryLanes<T> =>
        Copy<T>(pass, x, copy, firstRow, rowCount, pass.InputBlocks);

    /// <summary>The same for the first <paramref name="blocks"/> of them.</summary>
    public static void Copy<T>(in DirectPass pass, float* x, float* copy, int firstRow, int rowCount, int blocks)
        where T : struct, IMemoryLanes<T>
    {
        var rows = pass.Rows;
        var columns = pass.Columns;
        var size = rows.Inputs * columns.Inputs * ChannelBlocks.Lanes;
        for (var block = 0; block < blocks; block++)
        {
            for (var c = 0; c < pass.ColumnPlanes; c++)
            {
                var column = columns.TapFirst + c * columns.TapStep;
                for (var r = 0; r < rows.Planes; r++)
                {
                    var row = rows.TapFirst + r * rows.TapStep + firstRow * rows.InputStep;
                    var target = copy + (nint)block * pass.InputBlockStride + (nint)(c * rows.Planes + r) * pass.CopiedRows * pass.Width * ChannelBlocks.Lanes;
                    for (var i = 0; i < rowCount + rows.MaxShift; i++)
                    {
                        var h = row + i * rows.InputStep;
                        if ((uint)h < (uint)rows.Inputs)
                        {
                            Row<T>(x + (nint)block * size + (nint)h * columns.Inputs * ChannelBlocks.Lanes, target, column, columns.InputStep, columns.Inputs, pass.Width);
                        }
                        else
                        {
                            Zero<T>(target, pass.Width);
                        }

                        target += pass.Width * ChannelBlocks.Lanes;
                    }
                }
            }
        }
    }

    /// <summary>target[j] = x[first + j * step], 0 outside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Row<T>(float* x, float* target, int first, int step, int inputs, int width)
        where T : struct, IMemoryLanes<T>
    {
        var begin = first >= 0 ? 0 : Math.Min(width, (-first + step - 1) / step);
        var end = first >= inputs ? begin : Math.Clamp((inputs - first + step - 1) / step, begin, width);
        Zero<T>(target, begin);
        var source = x + ((nint)first + (nint)begin * step) * ChannelBlocks.Lanes;
        var destination = target + begin * ChannelBlocks.Lanes;
        for (var j = begin; j < end; j++)
        {
            for (var lane = 0; lane < ChannelBlocks.Lanes; lane += T.Count)
            {
                T.Store(destination + lane, T.Load(source + lane));
            }

            source += step * ChannelBlocks.Lanes;
            destination += ChannelBlocks.Lanes;
        }

        Zero<T>(destination, width - end);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Zero<T>(float* target, int pixels)
        where T : struct, IMemoryLanes<T>
    {
        for (var i = 0; i < pixels * ChannelBlocks.Lanes; i += T.Count)
        {
            T.Store(target + i, default);
        }
    }
}
