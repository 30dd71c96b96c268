using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Shapes;

/// <summary>The shape rule of an operator: <c>[N, C, H, W] -> [N, K = filters, HO = …, WO = …]</c>.</summary>
sealed record Signature(EquatableArray<ShapePattern> Inputs, ShapePattern Output)
{
    public static Signature Parse(string text)
    {
        var parser = new ExpressionParser(text);
        List<ShapePattern> inputs = [];
        do
        {
            inputs.Add(ParseShape(parser));
        }
        while (parser.Take(","));

        parser.Expect("->");
        var output = ParseShape(parser);
        parser.ExpectEnd();
        return new(inputs.ToEquatableArray(), output);
    }

    /// <summary>A shape on its own: that of a weight.</summary>
    public static ShapePattern ParseShape(string text)
    {
        var parser = new ExpressionParser(text);
        var shape = ParseShape(parser);
        parser.ExpectEnd();
        return shape;
    }

    static ShapePattern ParseShape(ExpressionParser parser)
    {
        parser.Expect("[");
        List<Axis> axes = [];
        if (!parser.Take("]"))
        {
            do
            {
                axes.Add(ParseAxis(parser));
            }
            while (parser.Take(","));

            parser.Expect("]");
        }

        var text = $"[{string.Join(", ", axes.Select(Describe))}]";
        if (axes.Count(static a => a.IsGroup) > 1)
        {
            throw new ShapeException($"{text} has two groups; one '*' can stand for the remaining axes");
        }

        var batched = axes.Count > 0 && IsBatch(axes[0]);
        if (axes.Skip(1).Any(IsBatch))
        {
            throw new ShapeException($"{text}: '{ShapePattern.BatchName}' is the batch and comes first");
        }

        return new(batched, axes.Skip(batched ? 1 : 0).ToEquatableArray(), text);
    }

    static Axis ParseAxis(ExpressionParser parser)
    {
        if (parser.Take("*"))
        {
            return new(parser.ParseName(), null, IsGroup: true);
        }

        var size = parser.ParseExpression();
        var isName = size.Kind == ExpressionKind.Name && IsAxisName(size.Text);
        return isName && parser.Take("=") ? new(size.Text, parser.ParseExpression(), false)
            : isName ? new(size.Text, null, false)
            : new("", size, false);
    }

    static bool IsBatch(Axis axis) => axis is { Name: ShapePattern.BatchName, Size: null, IsGroup: false };

    static bool IsAxisName(string name) => char.IsUpper(name[0]) && name.IndexOf('.') < 0;

    static string Describe(Axis axis) =>
        axis.IsGroup ? "*" + axis.Name
        : axis.Name.Length > 0 ? axis.Name
        : axis.Size!.Kind switch { ExpressionKind.Number => new Quantity(axis.Size.Value).ToString(), ExpressionKind.Name => axis.Size.Text, _ => "…" };
}
