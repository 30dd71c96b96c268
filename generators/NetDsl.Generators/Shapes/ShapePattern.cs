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

    public Axis? Group => Axes.FirstOrDefault(static a => a.IsGroup);

    /// <summary>Index of the named axis, or -1. Axes at or behind a group have no fixed index.</summary>
    public int IndexOf(Func<Axis, bool> predicate)
    {
        for (var i = 0; i < Axes.Count && !Axes[i].IsGroup; i++)
        {
            if (predicate(Axes[i]))
            {
                return i;
            }
        }

        return -1;
    }

    public override string ToString() => Text;
}
