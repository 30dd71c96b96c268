using Microsoft.CodeAnalysis;

namespace NetDsl.Generators.Frontend;

/// <summary>Variables. Each block and each turn of a loop has its own, so that closures capture what they captured in C#.</summary>
sealed class Scope(Scope? parent)
{
    Dictionary<ISymbol, object?>? values;

    public void Declare(ISymbol variable, object? value) => (values ??= new(SymbolEqualityComparer.Default))[variable] = value;

    public bool TryGet(ISymbol variable, out object? value)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope.values is not null && scope.values.TryGetValue(variable, out value))
            {
                return true;
            }
        }

        value = null;
        return false;
    }

    public void Assign(ISymbol variable, object? value)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope.values is not null && scope.values.ContainsKey(variable))
            {
                scope.values[variable] = value;
                return;
            }
        }

        Declare(variable, value);
    }

    /// <summary>The scope that declares a variable or local function.</summary>
    public Scope? Find(ISymbol variable)
    {
        var scope = this;
        while (scope is not null && (scope.values is null || !scope.values.ContainsKey(variable)))
        {
            scope = scope.Parent;
        }

        return scope;
    }

    Scope? Parent { get; } = parent;
}
