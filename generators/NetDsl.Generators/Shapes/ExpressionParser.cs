using System.Globalization;

namespace NetDsl.Generators.Shapes;

/// <summary>Reads shape rules: recursive descent over the text, with C#'s precedence.</summary>
sealed class ExpressionParser(string text)
{
    const int DepthLimit = 64;

    static readonly string[][] Levels = [["||"], ["&&"], ["==", "!="], ["<=", ">=", "<", ">"], ["+", "-"], ["*", "/", "%"]];

    static readonly Dictionary<string, int> Functions = new() { ["min"] = 2, ["max"] = 2, ["ceil"] = 1, ["pooled"] = 5 };

    int position;
    int depth;

    public static Expression Parse(string text)
    {
        var parser = new ExpressionParser(text);
        var expression = parser.ParseExpression();
        parser.ExpectEnd();
        return expression;
    }

    /// <summary>Takes <paramref name="token"/> if it comes next.</summary>
    public bool Take(string token)
    {
        SkipSpace();
        var isArrow = token == "-" && string.CompareOrdinal(text, position, "->", 0, 2) == 0;
        if (isArrow || string.CompareOrdinal(text, position, token, 0, token.Length) != 0)
        {
            return false;
        }

        position += token.Length;
        return true;
    }

    public void Expect(string token)
    {
        if (!Take(token))
        {
            throw Unexpected($"'{token}'");
        }
    }

    public void ExpectEnd()
    {
        SkipSpace();
        if (position < text.Length)
        {
            throw Unexpected("the end");
        }
    }

    public Expression ParseExpression()
    {
        if (++depth > DepthLimit)
        {
            throw new ShapeException($"'{text}' is nested too deeply");
        }

        var condition = ParseBinary(0);
        if (Take("?"))
        {
            var whenTrue = ParseExpression();
            Expect(":");
            condition = Expression.Call("?", condition, whenTrue, ParseExpression());
        }

        depth--;
        return condition;
    }

    /// <summary>An identifier, with members: <c>kernel.Height</c>.</summary>
    public string ParseName()
    {
        SkipSpace();
        var start = position;
        while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] is '_' or '.'))
        {
            position++;
        }

        return position == start || char.IsDigit(text[start]) ? throw Unexpected("a name") : text.Substring(start, position - start);
    }

    Expression ParseBinary(int level)
    {
        if (level == Levels.Length)
        {
            return ParseUnary();
        }

        var left = ParseBinary(level + 1);
        while (Levels[level].FirstOrDefault(Take) is { } operation)
        {
            left = Expression.Call(operation, left, ParseBinary(level + 1));
        }

        return left;
    }

    Expression ParseUnary()
    {
        if (++depth > DepthLimit)
        {
            throw new ShapeException($"'{text}' is nested too deeply");
        }

        var expression = Take("!") ? Expression.Call("!", ParseUnary())
            : Take("-") ? Expression.Call("negate", ParseUnary())
            : ParsePrimary();
        depth--;
        return expression;
    }

    Expression ParsePrimary()
    {
        if (Take("("))
        {
            var inner = ParseExpression();
            Expect(")");
            return inner;
        }

        SkipSpace();
        if (position < text.Length && char.IsDigit(text[position]))
        {
            return ParseNumber();
        }

        var name = ParseName();
        return Take("(") ? ParseCall(name) : name switch
        {
            "true" => Expression.Number(1),
            "false" => Expression.Number(0),
            _ => Expression.Name(name),
        };
    }

    Expression ParseNumber()
    {
        var start = position;
        while (position < text.Length && (char.IsDigit(text[position]) || text[position] == '.'))
        {
            position++;
        }

        var digits = text.Substring(start, position - start);
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? Expression.Number(value)
            : throw new ShapeException($"'{digits}' is not a number");
    }

    Expression ParseCall(string function)
    {
        if (!Functions.TryGetValue(function, out var count))
        {
            throw new ShapeException($"there is no function '{function}'; a rule may use {string.Join(", ", Functions.Keys)}");
        }

        List<Expression> operands = [ParseExpression()];
        while (Take(","))
        {
            operands.Add(ParseExpression());
        }

        Expect(")");
        if (operands.Count != count)
        {
            throw new ShapeException($"'{function}' takes {count} operands but has {operands.Count}");
        }

        // ceil(a/b) means the quotient rounded up, so its division must not round down first.
        return function == "ceil" && operands[0] is { Kind: ExpressionKind.Call, Text: "/" } quotient
            ? Expression.Call("ceil", [.. quotient.Operands])
            : Expression.Call(function, [.. operands]);
    }

    void SkipSpace()
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }
    }

    ShapeException Unexpected(string wanted)
    {
        SkipSpace();
        var found = position < text.Length ? $"'{text.Substring(position, Math.Min(12, text.Length - position))}'" : "the end";
        return new($"'{text}': expected {wanted} but found {found}");
    }
}
