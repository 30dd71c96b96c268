using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <summary>A dense layer on a GPU, on each row of its input, and its gradients: weight [units, inputs], x [rows, inputs], y [rows, units].</summary>
public static class SimtMatrixProduct
{
    /// <summary>y[r, u] = Σ weight[u, s] x[r, s].</summary>
    public static void Forward<TResults>(SimtStep step, int samples, int rows, int units, int inputs, SimtTensor x, SimtTensor weight, TResults results)
        where TResults : struct, ISimtResults =>
        SimtProduct.Run(step, new(units, samples * rows, inputs, new(1, rows), new(1, 1)), 0, new Units(weight, inputs), new RowsOfSamples(x, inputs, units), results);

    /// <summary>dx[r, s] = Σ weight[u, s] dy[r, u].</summary>
    public static void InputGradient<TResults>(SimtStep step, int samples, int rows, int units, int inputs, SimtTensor dy, SimtTensor weight, TResults results)
        where TResults : struct, ISimtResults =>
        SimtProduct.Run(step, new(inputs, samples * rows, units, new(1, rows), new(1, 1)), 0, new InputsOfUnits(weight, inputs), new RowsOfSamples(dy, units, inputs), results);

    /// <summary>dweight[u, s] = Σ dy[r, u] x[r, s] over the rows of all samples.</summary>
    public static void WeightGradient<TResults>(SimtStep step, int samples, int rows, int units, int inputs, SimtTensor dy, SimtTensor x, TResults results)
        where TResults : struct, ISimtResults =>
        SimtProduct.Run(step, new(units, inputs, samples * rows, new(1, inputs), new(1, rows)), 0, new UnitGradients(dy, units), new InputsOfRows(x, inputs), results);
}

/// <summary>Rows are units; the depth runs over their inputs.</summary>
readonly struct Units(SimtTensor weight, int inputs) : ISimtFactor
{
    public bool AlongDepth => true;

    public float At(Place place, Place depth) => weight[(place.Outer * inputs) + depth.Outer];
}

/// <summary>Rows are inputs; the depth runs over the units.</summary>
readonly struct InputsOfUnits(SimtTensor weight, int inputs) : ISimtFactor
{
    public bool AlongDepth => false;

    public float At(Place place, Place depth) => weight[(depth.Outer * inputs) + place.Outer];
}

/// <summary>Rows are units; the depth runs over the rows of all samples.</summary>
readonly struct UnitGradients(SimtTensor dy, int units) : ISimtFactor
{
    public bool AlongDepth => false;

    public float At(Place place, Place depth) => dy[depth.Outer, (depth.Inner * units) + place.Outer];
}

/// <summary>Columns are the rows of all samples; the depth runs along a row.</summary>
readonly struct RowsOfSamples(SimtTensor x, int length, int results) : ISimtColumns
{
    public bool AlongDepth => true;

    public float At(Place place, Place depth) => x[place.Outer, (place.Inner * length) + depth.Outer];

    public int Sample(Place column) => column.Outer;

    public int Element(int row, Place column) => (column.Inner * results) + row;
}

/// <summary>Columns are inputs; the depth runs over the rows of all samples.</summary>
readonly struct InputsOfRows(SimtTensor x, int inputs) : ISimtColumns
{
    public bool AlongDepth => false;

    public float At(Place place, Place depth) => x[depth.Outer, (depth.Inner * inputs) + place.Inner];

    public int Sample(Place column) => 0;

    public int Element(int row, Place column) => (row * inputs) + column.Inner;
}
