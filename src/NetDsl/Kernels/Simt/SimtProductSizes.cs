namespace NetDsl.Kernels;

/// <summary>How large a product is, of all samples.</summary>
/// <param name="rows">Rows of a group.</param>
/// <param name="columns">Columns.</param>
/// <param name="depth">Products of a sum.</param>
/// <param name="groups">Groups of channels, each a product of its own.</param>
/// <param name="columnAxes">What columns count along.</param>
/// <param name="depthAxes">What the depth counts along.</param>
/// <param name="parts">Parts into which the depth is split.</param>
/// <param name="summing">The launch adds the parts.</param>
public readonly struct SimtProductSizes(int rows, int columns, int depth, int groups, Axes columnAxes, Axes depthAxes, int parts, bool summing)
{
    readonly int summing = summing ? 1 : 0;

    public int Rows { get; } = rows;
    public int Columns { get; } = columns;
    public int Depth { get; } = depth;
    public int Groups { get; } = groups;
    public Axes ColumnAxes { get; } = columnAxes;
    public Axes DepthAxes { get; } = depthAxes;

    /// <summary>Parts into which the depth is split.</summary>
    public int Parts { get; } = parts;

    /// <summary>This launch adds the parts of the sums.</summary>
    public bool Summing => summing != 0;

    /// <summary>Sums of all groups.</summary>
    public int Sums => Groups * Rows * Columns;

    /// <summary>The launch that adds the parts.</summary>
    public SimtProductSizes Adding() => new(Rows, Columns, Depth, Groups, ColumnAxes, DepthAxes, Parts, summing: true);
}
