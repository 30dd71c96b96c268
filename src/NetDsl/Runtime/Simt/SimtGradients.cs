using ILGPU;
using ILGPU.Runtime;

namespace NetDsl.Runtime;

/// <summary>Checks and adds up gradients on a device.</summary>
sealed class SimtGradients : IDisposable
{
    readonly MemoryBuffer1D<double, Stride1D.Dense> partial;
    readonly double[] squares = new double[SimtBuiltins.SquareSums];
    readonly Action<Index1D, ArrayView<float>, ArrayView<double>> squareSum;
    readonly Action<Index1D, ArrayView<float>, ArrayView<float>, int> accumulate;

    public SimtGradients(Accelerator accelerator)
    {
        partial = accelerator.Allocate1D<double>(SimtBuiltins.SquareSums);
        squareSum = accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView<float>, ArrayView<double>>(SimtBuiltins.SquareSum);
        accumulate = accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView<float>, ArrayView<float>, int>(SimtBuiltins.Accumulate);
    }

    /// <summary>The L2 norm of all gradients: not finite if one of them is not.</summary>
    public double Norm(ArrayView<float> gradients)
    {
        squareSum(SimtBuiltins.SquareSums, gradients, partial.View.BaseView);
        partial.View.BaseView.CopyToCPU(ref squares[0], squares.Length);
        var sum = 0.0;
        foreach (var square in squares)
        {
            sum += square;
        }

        return Math.Sqrt(sum);
    }

    /// <summary>Adds the gradients of earlier batches, and remembers the sum for later ones.</summary>
    public void Accumulate(ArrayView<float> gradients, ArrayView<float> sums, bool first) =>
        accumulate(checked((int)gradients.Length), gradients, sums, first ? 1 : 0);

    public void Dispose() => partial.Dispose();
}
