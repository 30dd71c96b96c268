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

/// <summary>Rows are units; the depth runs over their inputs.</summary>
readonly struct Units(SimtTensor weight, int inputs) : ISimtRows
{
    public bool AlongDepth => true;

    public int Distance => inputs;

    public long Start(Place depth) => weight.Place(0, depth.Outer);

    public float At(long place) => weight.Memory[place];
}

/// <summary>Rows are inputs; the depth runs over the units.</summary>
readonly struct InputsOfUnits(SimtTensor weight, int inputs) : ISimtRows
{
    public bool AlongDepth => false;

    public int Distance => 1;

    public long Start(Place depth) => weight.Place(0, depth.Outer * inputs);

    public float At(long place) => weight.Memory[place];
}

/// <summary>Rows are units; the depth runs over the rows of all samples.</summary>
readonly struct UnitGradients(SimtTensor dy, int units) : ISimtRows
{
    public bool AlongDepth => false;

    public int Distance => 1;

    public long Start(Place depth) => dy.Place(depth.Outer, depth.Inner * units);

    public float At(long place) => dy.Memory[place];
}

/// <summary>Columns are the rows of all samples; the depth runs along a row.</summary>
readonly struct RowsOfSamples(SimtTensor x, int length, int results) : ISimtColumns
{
    public bool AlongDepth => true;

    public Spot Column(Place column) => new(x.Place(column.Outer, column.Inner * length), 0, 0);

    public Spot Depth(Place depth) => new(depth.Outer, 0, 0);

    public int Sample(Place column) => column.Outer;

    public int Element(int row, Place column) => (column.Inner * results) + row;
}

/// <summary>Columns are inputs; the depth runs over the rows of all samples.</summary>
readonly struct InputsOfRows(SimtTensor x, int inputs) : ISimtColumns
{
    public bool AlongDepth => false;

    public Spot Column(Place column) => new(column.Inner, 0, 0);

    public Spot Depth(Place depth) => new(x.Place(depth.Outer, depth.Inner * inputs), 0, 0);

    public int Sample(Place column) => 0;

    public int Element(int row, Place column) => (row * inputs) + column.Inner;
}
