namespace NetDsl.Generators.Shapes;

/// <summary>
/// An equation between the coordinates of an operand and of the result on one axis: <c>h = stride.Height*ho - padding.Height</c>. It is a straight line, so that two values say all of it.
/// </summary>
/// <param name="Axis">The axis whose coordinate stands alone: <c>H</c>.</param>
/// <param name="Other">The axis whose coordinate is in the expression: <c>HO</c>.</param>
sealed record PositionRule(string Axis, string Other, Expression Value)
{
    /// <param name="text">The equation.</param>
    /// <param name="signature">The shape rule of the operator.</param>
    /// <param name="arguments">The operator's arguments.</param>
    public static PositionRule Parse(string text, Signature signature, IReadOnlyCollection<string> arguments)
    {
        var parser = new ExpressionParser(text);
        var alone = parser.ParseName();
        parser.Expect("=");
        var value = parser.ParseExpression();
        parser.ExpectEnd();

        var inputs = signature.Inputs.SelectMany(static p => p.Axes).Select(static a => a.Name).ToList();
        var results = signature.Output.Axes.Select(static a => a.Name).ToList();
        string? AxisOf(string coordinate) => arguments.Contains(coordinate) ? null : inputs.Concat(results).FirstOrDefault(a => a.Length > 0 && ShapePattern.Coordinate(a) == coordinate);

        var others = value.Names.Select(AxisOf).OfType<string>().Distinct().ToList();
        if (AxisOf(alone) is not { } axis || others is not [var other] || !((inputs.Contains(axis) && results.Contains(other)) || (results.Contains(axis) && inputs.Contains(other))))
        {
            throw new ShapeException($"'{text}' must be an equation between one coordinate of an input and one of the result: 'h = stride*ho - padding'");
        }

        var unknown = value.Names.FirstOrDefault(n => n != ShapePattern.Coordinate(other) && !arguments.Contains(n) && !inputs.Contains(n) && !results.Contains(n));
        return unknown is null ? new(axis, other, value) : throw new ShapeException($"'{unknown}' in '{text}' is neither a coordinate, nor an axis, nor a parameter of the method");
    }

    /// <summary>Where elements on <see cref="Other"/> lie on <see cref="Axis"/>; null where all of them lie in one place, or where that depends on a height or width that is free.</summary>
    public PositionMap? At(Bindings bindings)
    {
        if (Value.Names.Any(n => bindings.Values.TryGetValue(n, out var value) && value.IsFree))
        {
            return null;
        }

        // From the first to the last element: a division that rounds down in between is exact at both.
        var last = Math.Max(bindings.Values[Other].Value - 1, 1);
        var shift = bindings.Evaluate(Value, ShapePattern.Coordinate(Other), 0).Value;
        var scale = (bindings.Evaluate(Value, ShapePattern.Coordinate(Other), last).Value - shift) / last;
        return scale != 0 ? new(scale, shift) : null;
    }
}
