namespace NetDsl.Kernels;

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
