using Microsoft.CodeAnalysis;
using NetDsl.Generators.Diagnostics;

namespace NetDsl.Generators.Frontend;

/// <summary>The part of the base library that is evaluated: LINQ, lists, strings, Math.</summary>
sealed partial class PartialEvaluator
{
    (bool Handled, object? Value) CallLibrary(IMethodSymbol method, object?[] arguments, object? receiver, IOperation site)
    {
        Spend(arguments.Sum(Copied), site);
        try
        {
            return method.ContainingType.Name == "Enumerable" && method.ContainingNamespace is { Name: "Linq" }
                ? Query(method, arguments, site)
                : BaseLibrary.Call(method, receiver, arguments);
        }
        catch (Exception e) when (e is ArithmeticException or ArgumentException or InvalidOperationException or InvalidCastException or FormatException)
        {
            throw Failure(Descriptors.Failed, site, $"'{method.Name}' fails: {e.Message}");
        }
    }

    /// <summary>What a library function may copy of an argument.</summary>
    static long Copied(object? argument) => argument is ArrayValue { Items: var items } ? items.Count + items.OfType<string>().Sum(static s => (long)s.Length / CharactersPerStep) : 0;

    /// <summary>Queries are computed where they are written, once: layers that a selector makes are made once.</summary>
    (bool Handled, object? Value) Query(IMethodSymbol method, object?[] arguments, IOperation site)
    {
        var name = method.Name;
        if (name is "Range" or "Repeat" or "Empty")
        {
            var count = arguments is [_, int n] ? n : 0;
            if (count < 0)
            {
                throw Failure(Descriptors.Failed, site, $"A sequence cannot have {count} elements");
            }

            Spend(count, site);

            return (true, new ArrayValue(name == "Range" ? Enumerable.Range((int)arguments[0]!, count).Cast<object?>() : Enumerable.Repeat(arguments.FirstOrDefault(), count)));
        }

        var items = Sequence(arguments[0], site);
        var function = arguments.OfType<FunctionValue>().LastOrDefault();
        var parameters = (function as Closure)?.Method.Parameters.Length ?? 1;
        object? Of(object? item, int index) => CallFunction(function!, parameters == 2 ? [item, index] : [item], site);
        bool Holds(object? item, int index) => function is null || Of(item, index) is true;

        return name switch
        {
            "Select" => List(items.Select(Of).ToList()),
            "Where" => List(items.Where(Holds).ToList()),
            "SelectMany" when arguments.Length == 2 => List(items.SelectMany((item, i) => Sequence(Of(item, i), site)).ToList()),
            "Zip" => List(Zip(items, arguments, function, site)),
            "Aggregate" => (true, Aggregate(items, arguments, site)),
            "Concat" or "Union" => List(items.Concat(Sequence(arguments[1], site))),
            "Append" => List(items.Append(arguments[1])),
            "Prepend" => List(items.Prepend(arguments[1])),
            "Reverse" => List(items.AsEnumerable().Reverse()),
            "Take" when arguments[1] is int n => List(items.Take(n)),
            "Skip" when arguments[1] is int n => List(items.Skip(n)),
            "TakeWhile" => List(items.TakeWhile(Holds).ToList()),
            "SkipWhile" => List(items.SkipWhile(Holds).ToList()),
            "Distinct" => List(items.Distinct()),
            "Index" => List(items.Select(static (item, i) => (object?)TupleValue.Of([i, item]))),
            "ToArray" or "ToList" or "AsEnumerable" or "Cast" => List(items),
            "First" or "FirstOrDefault" => (true, One(items.Where(Holds).Take(1).ToList(), name, method)),
            "Last" or "LastOrDefault" => (true, One(items.Where(Holds).Reverse().Take(1).ToList(), name, method)),
            "Single" or "SingleOrDefault" => (true, One(items.Where(Holds).Take(2).ToList(), name, method)),
            "ElementAt" when arguments[1] is int at => (true, Indexed(arguments[0], at, site)),
            "Count" => (true, items.Where(Holds).Count()),
            "Any" => (true, items.Where(Holds).Any()),
            "All" => (true, items.TrueForAll(item => Holds(item, 0))),
            "Contains" => (true, items.Contains(arguments[1])),
            "Sum" => (true, Sum(function is null ? items : items.Select(Of).ToList(), method, site)),
            "Max" or "Min" => (true, Extreme(function is null ? items : items.Select(Of).ToList(), name == "Max")),
            _ => (false, null),
        };
    }

    static (bool Handled, object? Value) List(IEnumerable<object?> items) => (true, new ArrayValue(items));

    List<object?> Zip(List<object?> items, object?[] arguments, FunctionValue? function, IOperation site)
    {
        var lists = arguments.Skip(1).OfType<ArrayValue>().Select(static a => a.Items).Prepend(items).ToList();
        return Enumerable.Range(0, lists.Min(static l => l.Count))
            .Select(i => lists.Select(l => l[i]).ToArray())
            .Select(parts => function is null ? TupleValue.Of(parts) : CallFunction(function, parts, site))
            .ToList();
    }

    object? Aggregate(List<object?> items, object?[] arguments, IOperation site)
    {
        var (seed, rest, folder) = arguments.Length == 2 && items.Count > 0
            ? (items[0], items.Skip(1), arguments[1])
            : (arguments[1], items, arguments.ElementAtOrDefault(2));
        if (folder is not FunctionValue function)
        {
            throw Failure(Descriptors.Failed, site, "'Aggregate' of an empty sequence needs a seed");
        }

        var result = rest.Aggregate(seed, (state, item) => CallFunction(function, [state, item], site));
        return arguments.Length == 4 ? CallFunction((FunctionValue)arguments[3]!, [result], site) : result;
    }

    object? Sum(List<object?> items, IMethodSymbol method, IOperation site) => items.Aggregate(
        Arithmetic.Convert(0, method.ReturnType.SpecialType),
        (sum, item) => BinaryConstants(Microsoft.CodeAnalysis.Operations.BinaryOperatorKind.Add, sum, item, true, site));

    static object? Extreme(List<object?> items, bool largest) =>
        items.Count == 0 ? throw new InvalidOperationException("the sequence is empty") : largest ? items.Max() : items.Min();

    static object? One(List<object?> found, string name, IMethodSymbol method) =>
        found.Count == 1 ? found[0]
        : found.Count == 0 && name.EndsWith("OrDefault", StringComparison.Ordinal) ? Default(method.ReturnType)
        : throw new InvalidOperationException(found.Count == 0 ? "no element is found" : "several elements are found");
}
