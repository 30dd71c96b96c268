using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Shapes;

/// <summary>
/// One axis of a rule: <c>C</c> (a name to bind), <c>K = filters</c> (a name and its size), <c>2*C</c> (a size), <c>*S</c> (all remaining axes).
/// </summary>
sealed record Axis(string Name, Expression? Size, bool IsGroup);

/// <summary>The shape of one tensor in a rule: <c>[N, C, H, W]</c>. A leading <c>N</c> is the batch.</summary>
sealed record ShapePattern(bool Batched, EquatableArray<Axis> Axes, string Text)
{
    public const string BatchName = "N";

    /// <summary>The coordinate on axis <c>HO</c> is <c>ho</c>.</summary>
    public static string Coordinate(string axis) => axis.ToLowerInvariant();

    public Axis? Group => Axes.FirstOrDefault(static a => a.IsGroup);

    public override string ToString() => Text;
}
