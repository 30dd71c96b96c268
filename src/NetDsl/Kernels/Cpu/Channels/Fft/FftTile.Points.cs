namespace NetDsl.Kernels;

/// <content>The number of points is known at run time only; the code for each is compiled with its number.</content>
static unsafe partial class FftTile
{
    /// <summary>A window of values that are correlated with a kernel.</summary>
    /// <param name="points">Points on a side.</param>
    /// <param name="window">The window.</param>
    /// <param name="columns">Scratch.</param>
    /// <param name="result">Place 0.</param>
    /// <param name="plane">Floats between places.</param>
    public static void Input<T>(int points, in FftWindow window, float* columns, float* result, nint plane)
        where T : struct, IMemoryLanes<T>
    {
        switch (points)
        {
            case 16:
                Transform<T, Sixteen, FftInput>(window, columns, result, plane);
                break;
            case 32:
                Transform<T, ThirtyTwo, FftInput>(window, columns, result, plane);
                break;
            default:
                Transform<T, SixtyFour, FftInput>(window, columns, result, plane);
                break;
        }
    }

    /// <summary>A kernel.</summary>
    /// <inheritdoc cref="Input{T}"/>
    public static void Kernel<T>(int points, in FftWindow window, float* columns, float* result, nint plane)
        where T : struct, IMemoryLanes<T>
    {
        switch (points)
        {
            case 16:
                Transform<T, Sixteen, FftKernel<Sixteen>>(window, columns, result, plane);
                break;
            case 32:
                Transform<T, ThirtyTwo, FftKernel<ThirtyTwo>>(window, columns, result, plane);
                break;
            default:
                Transform<T, SixtyFour, FftKernel<SixtyFour>>(window, columns, result, plane);
                break;
        }
    }

    /// <summary>The first <paramref name="rows"/> rows and <paramref name="width"/> columns of a tile, from the products at all places.</summary>
    public static void Output<T, TTarget>(int points, float* m, nint plane, int rows, int width, float* columns, in TTarget target)
        where T : struct, IMemoryLanes<T>
        where TTarget : struct, IFftTarget<T>
    {
        switch (points)
        {
            case 16:
                Invert<T, Sixteen, TTarget>(m, plane, rows, width, columns, target);
                break;
            case 32:
                Invert<T, ThirtyTwo, TTarget>(m, plane, rows, width, columns, target);
                break;
            default:
                Invert<T, SixtyFour, TTarget>(m, plane, rows, width, columns, target);
                break;
        }
    }
}
