using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <summary>A dense layer on a GPU, on each row of its input, and its gradients: weight [units, inputs], x [rows, inputs], y [rows, units].</summary>
public static class SimtMatrixProduct
{
    /// <summary>y[r, u] = Σ weight[u, s] x[r, s].</summary>
    public static void Forward<TResults>(SimtStep step, SimtTensor x, SimtTensor weight, TResults results)
        where TResults : struct, ISimtResults =>
        SimtProduct.Run(step, new Units(weight, step.Sizes.Depth), new RowsOfSamples(x, step.Sizes.Depth, step.Sizes.Rows), Line(x), results);

    /// <summary>dx[r, s] = Σ weight[u, s] dy[r, u].</summary>
    public static void InputGradient<TResults>(SimtStep step, SimtTensor dy, SimtTensor weight, TResults results)
        where TResults : struct, ISimtResults =>
        SimtProduct.Run(step, new InputsOfUnits(weight, step.Sizes.Rows), new RowsOfSamples(dy, step.Sizes.Depth, step.Sizes.Rows), Line(dy), results);

    /// <summary>dweight[u, s] = Σ dy[r, u] x[r, s] over the rows of all samples.</summary>
    public static void WeightGradient<TResults>(SimtStep step, SimtTensor dy, SimtTensor x, TResults results)
        where TResults : struct, ISimtResults =>
        SimtProduct.Run(step, new UnitGradients(dy, step.Sizes.Rows), new InputsOfRows(x, step.Sizes.Columns), Line(x), results);

    /// <summary>A single pixel: all elements lie where their starts say.</summary>
    static SimtGrid Line(SimtTensor x) => new(x.Memory, 1, 1, 1, 1);
}
