namespace NetDsl.Generators.Shapes;

/// <summary>
/// Where the elements of one tensor lie in another, on one axis: element p at <c>Scale p + Shift</c>. Scales are products of strides and shifts sums of halves of them, so
/// that doubles hold nearly all of them exactly.
/// </summary>
readonly record struct PositionMap(double Scale, double Shift)
{
    /// <summary>Element p lies at p.</summary>
    public static readonly PositionMap Same = new(1, 0);

    /// <summary>From the second tensor to the first.</summary>
    public PositionMap Inverse => new(1 / Scale, -Shift / Scale);

    /// <summary>To a third tensor, from where <paramref name="next"/> takes the elements of the second.</summary>
    public PositionMap Then(PositionMap next) => new(next.Scale * Scale, (next.Scale * Shift) + next.Shift);
}
