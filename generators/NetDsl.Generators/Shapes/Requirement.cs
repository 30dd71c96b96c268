using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Shapes;

/// <summary>A piece of a message: text, or an expression whose value is put in.</summary>
sealed record MessagePart(string Text, Expression? Value);

/// <summary>A condition on arguments and sizes, and what to say where it does not hold.</summary>
/// <param name="Argument">The parameter to underline; empty for the whole stage.</param>
sealed record Requirement(Expression Condition, EquatableArray<MessagePart> Message, string Argument)
{
    public static Requirement Parse(string condition, string message, string argument) =>
        new(ExpressionParser.Parse(condition), ParseMessage(message).ToEquatableArray(), argument);

    public IEnumerable<string> Names =>
        Condition.Names.Concat(Message.Where(static p => p.Value is not null).SelectMany(static p => p.Value!.Names));

    /// <summary>Whether it holds, at the reference where sizes are free; it is then a condition on instances.</summary>
    public bool Holds(Bindings bindings)
    {
        var condition = bindings.Evaluate(Condition);
        if (condition.Condition.Length > 0 && condition.Holds)
        {
            bindings.FreeSizes.Require(condition.Condition, string.Concat(Message.Select(p => p.Value is null ? FreeSizes.Escape(p.Text) : bindings.Evaluate(p.Value).Hole)));
        }

        return condition.Holds;
    }

    public string Format(Bindings bindings) => string.Concat(Message.Select(p => p.Value is null ? p.Text : bindings.Evaluate(p.Value).ToString()));

    static IEnumerable<MessagePart> ParseMessage(string message)
    {
        var at = 0;
        while (message.IndexOf('{', at) is var open and >= 0)
        {
            var close = message.IndexOf('}', open);
            if (close < 0)
            {
                throw new ShapeException($"'{message}' has a '{{' without '}}'");
            }

            yield return new(message.Substring(at, open - at), null);
            yield return new("", ExpressionParser.Parse(message.Substring(open + 1, close - open - 1)));
            at = close + 1;
        }

        yield return new(message.Substring(at), null);
    }
}
