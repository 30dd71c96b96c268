using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace NetDsl.Generators.Frontend;

/// <summary>Pure functions on constants of the base library: Math, string, numbers; and lists.</summary>
static class BaseLibrary
{
    /// <summary><c>F99999</c>: long enough for a name, short enough for memory.</summary>
    const int LongestFormat = 6;
    const int WidestColumn = 1_000;

    /// <summary>Functions whose result is not much longer than their arguments: no padding and no replacing, which could fill all memory.</summary>
    static readonly HashSet<string> Texts =
    [
        "Concat", "Join", "Substring", "Trim", "TrimStart", "TrimEnd", "ToUpper", "ToLower", "ToUpperInvariant", "ToLowerInvariant", "Split", "Remove",
        "Contains", "StartsWith", "EndsWith", "IndexOf", "LastIndexOf", "IsNullOrEmpty", "IsNullOrWhiteSpace", "Equals", "Compare", "CompareTo",
    ];

    /// <summary>A list is an array that grows.</summary>
    public static object? Create(INamedTypeSymbol type, object?[] arguments) =>
        type is { Name: "List", ContainingNamespace.Name: "Generic" } ? new ArrayValue(arguments is [ArrayValue items] ? items.Items : []) : null;

    public static object? StaticMember(ISymbol member) => (member.ContainingType.SpecialType, member.Name) switch
    {
        (SpecialType.System_String, "Empty") => "",
        _ => null,
    };

    /// <summary>Text of a constant, or null where the format would write a great deal.</summary>
    public static string? Format(object? value, string? format, int width) => format?.Length > LongestFormat || Math.Abs((long)width) > WidestColumn
        ? null
        : string.Format(CultureInfo.InvariantCulture, $"{{0,{width}{(format is null ? "" : ":" + format)}}}", value);

    public static (bool Handled, object? Value) Call(IMethodSymbol method, object? receiver, object?[] arguments) => (method.ContainingType, receiver) switch
    {
        (_, int or float or double or long) when method.Name == "ToString" && arguments is [] or [string] => (true, Format(receiver, arguments.Length == 0 ? null : (string?)arguments[0], 0)),
        ({ SpecialType: SpecialType.System_String }, _) when !Texts.Contains(method.Name) && method.Name != "ToString" => (false, null),
        ({ Name: "MathF" }, _) => Mathematics(method.Name, arguments),
        ({ Name: "Math" or "Int32" or "Single" or "Double" or "String" or "Boolean" or "Char" or "Convert" } type, _) when type.ContainingNamespace is { Name: "System" } =>
            Reflect(type.Name, method.Name, receiver, arguments),
        ({ Name: "Array" }, _) when method.Name == "Empty" => (true, new ArrayValue([])),
        (_, ArrayValue list) => CallList(list, method.Name, arguments),
        (_, string or int or float or bool) => Reflect(receiver!.GetType().Name, method.Name, receiver, arguments),
        ({ SpecialType: SpecialType.System_Object }, _) when method.Name == "Equals" => (true, Equals(receiver ?? arguments[0], arguments[arguments.Length - 1])),
        _ => (false, null),
    };

    /// <summary>MathF, computed in double and rounded: the same on every machine, and netstandard2.0 has no MathF.</summary>
    static (bool Handled, object? Value) Mathematics(string name, object?[] arguments)
    {
        var (handled, value) = Reflect("Math", name, null, arguments.Select(static a => a is float f ? (double)f : a).ToArray());
        return (handled, value is double d ? (float)d : value);
    }

    static (bool Handled, object? Value) Reflect(string type, string name, object? receiver, object?[] arguments)
    {
        if (arguments.Any(static a => a is null || Arithmetic.TypeOf(a) == SpecialType.None) && !arguments.All(static a => a is ArrayValue or string))
        {
            return (false, null);
        }

        // A sequence of strings or numbers is what Join and Concat take.
        var values = arguments.Select(static a => a is ArrayValue list ? list.Items.Select(Arithmetic.Text).ToArray() : a!).ToArray();
        var flags = BindingFlags.Public | (receiver is null ? BindingFlags.Static : BindingFlags.Instance);
        var method = Type.GetType("System." + type)?.GetMethods(flags).FirstOrDefault(m => m.Name == name && !m.IsGenericMethod && Takes(m.GetParameters(), values));
        if (method is null)
        {
            return (false, null);
        }

        var parameters = method.GetParameters();
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = parameters[i].ParameterType.IsEnum ? Enum.ToObject(parameters[i].ParameterType, values[i]) : values[i];
        }

        try
        {
            var result = method.Invoke(receiver, BindingFlags.Default, null, values, CultureInfo.InvariantCulture);
            return (true, result is Array array ? new ArrayValue(array.Cast<object?>()) : result);
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner)
        {
            throw new InvalidOperationException(inner.Message, inner);
        }
    }

    static bool Takes(ParameterInfo[] parameters, object[] values) => parameters.Length == values.Length
        && parameters.Zip(values, static (p, v) => p.ParameterType == v.GetType() || (p.ParameterType.IsEnum && v is int)).All(static fits => fits);

    static (bool Handled, object? Value) CallList(ArrayValue list, string name, object?[] arguments)
    {
        var items = list.Items;
        switch (name, arguments)
        {
            case ("Add", [var item]):
                items.Add(item);
                return (true, null);
            case ("AddRange", [ArrayValue more]):
                items.AddRange(more.Items.ToList());
                return (true, null);
            case ("Insert", [int at, var item]):
                items.Insert(at, item);
                return (true, null);
            case ("RemoveAt", [int at]):
                items.RemoveAt(at);
                return (true, null);
            case ("Clear", []):
                items.Clear();
                return (true, null);
            case ("Reverse", []):
                items.Reverse();
                return (true, null);
            case ("Contains", [var item]):
                return (true, items.Contains(item));
            case ("IndexOf", [var item]):
                return (true, items.IndexOf(item));
            case ("ToArray" or "Clone" or "AsSpan", []):
                return (true, new ArrayValue(items));
            default:
                return (false, null);
        }
    }
}
