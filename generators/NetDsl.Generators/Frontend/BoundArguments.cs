using System.Globalization;
using Microsoft.CodeAnalysis;
using NetDsl.Generators.Ir;
using NetDsl.Generators.Shapes;

namespace NetDsl.Generators.Frontend;

/// <summary>The compile-time arguments of one call of an operator.</summary>
/// <param name="Values">By the names of shape rules, enum members (<c>Rounding.Floor</c>) included.</param>
/// <param name="Sizes">Arguments that are lists of sizes.</param>
/// <param name="Constants">As nodes carry them.</param>
/// <param name="Name">The layer's name, where one is given.</param>
sealed record BoundArguments(
    EquatableArray<KeyValuePair<string, Quantity>> Values,
    EquatableArray<KeyValuePair<string, EquatableArray<Size>>> Sizes,
    EquatableArray<Constant> Constants,
    string? Name)
{
    /// <param name="method">The operator.</param>
    /// <param name="values">The evaluated arguments, in the order of its parameters.</param>
    public static BoundArguments Bind(IMethodSymbol method, IReadOnlyList<object?> values)
    {
        var arguments = new List<KeyValuePair<string, Quantity>>();
        var sizes = new List<KeyValuePair<string, EquatableArray<Size>>>();
        var constants = new List<Constant>();
        string? name = null;
        foreach (var parameter in method.Parameters)
        {
            var value = values[parameter.Ordinal];
            if (OperatorArguments.IsLayerName(parameter))
            {
                name = value as string;
            }
            else if (OperatorArguments.IsSizes(parameter.Type))
            {
                if (value is ArrayValue array)
                {
                    sizes.Add(new(parameter.Name, array.Items.Where(static i => i is int or Size).Select(static i => i is Size free ? free : (int)i!).ToEquatableArray()));
                }
            }
            else
            {
                Bind(OperatorArguments.RuleNames(parameter).ToList(), parameter.Type, value, arguments, constants);
            }
        }

        return new(arguments.ToEquatableArray(), sizes.ToEquatableArray(), constants.ToEquatableArray(), name);
    }

    /// <param name="free">The network's free sizes.</param>
    public Bindings ToBindings(FreeSizes free)
    {
        var bindings = new Bindings(free);
        foreach (var pair in Values)
        {
            bindings.AddArgument(pair.Key, pair.Value);
        }

        foreach (var pair in Sizes)
        {
            bindings.AddArgument(pair.Key, pair.Value);
        }

        return bindings;
    }

    public bool Flag(string name) => Values.Any(v => v.Key == name && v.Value.Holds);

    static void Bind(List<string> names, ITypeSymbol type, object? value, List<KeyValuePair<string, Quantity>> arguments, List<Constant> constants)
    {
        if (names.Count == 0)
        {
            return;
        }

        var types = type is INamedTypeSymbol { IsTupleType: true } tuple ? tuple.TupleElements.Select(static e => e.Type).ToList() : [type];
        var items = value is TupleValue { Items: var parts } ? parts.ToList() : [value];
        for (var i = 0; i < names.Count && i < items.Count; i++)
        {
            if (Number(items[i]) is not { } number)
            {
                continue;
            }

            arguments.Add(new(names[i], number));
            constants.Add(new(OperatorArguments.KernelName(names[i]), Literal(types[i], items[i]!)) { Free = items[i] as Size?, IsFreeReal = items[i] is FreeReal });
            if (types[i].TypeKind == TypeKind.Enum)
            {
                arguments.AddRange(types[i].GetMembers().OfType<IFieldSymbol>().Where(static f => f.HasConstantValue)
                    .Select(f => new KeyValuePair<string, Quantity>($"{types[i].Name}.{f.Name}", Number(f.ConstantValue) ?? 0)));
            }
        }
    }

    static Quantity? Number(object? value) => value switch
    {
        Size size => size,
        FreeReal real => new Quantity(real.Value, Real: $"(double){real.Text}"),
        bool b => b ? 1.0 : 0.0,
        float f => (double)f,
        sbyte or byte or short or ushort or int or uint or long or ulong => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    static string Literal(ITypeSymbol type, object value) => value switch
    {
        bool b => b ? "true" : "false",
        float f => Emit.Literal.Of(f),
        FreeReal real => real.Text,
        _ when type.TypeKind == TypeKind.Enum => EnumLiteral(type, value),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    static string EnumLiteral(ITypeSymbol type, object value) =>
        type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => Equals(f.ConstantValue, value)) is { } member
            ? $"{type.FullName()}.{member.Name}"
            : $"({type.FullName()}){Convert.ToString(value, CultureInfo.InvariantCulture)}";
}
