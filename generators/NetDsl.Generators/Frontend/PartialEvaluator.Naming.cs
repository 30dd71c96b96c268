using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetDsl.Generators.Frontend;

/// <summary>Which field or local holds a layer: what names it.</summary>
sealed partial class PartialEvaluator
{
    /// <summary>The name for layers made inside the helper call that is evaluated next.</summary>
    string? pendingName;

    /// <summary>Evaluates what a variable is set to; the variable names the layers it comes to hold.</summary>
    object? EvaluateFor(string variable, IOperation operation)
    {
        pendingName = Unwrap(operation) is IInvocationOperation && variable.Length > 0 ? variable : null;
        var value = Evaluate(operation);
        pendingName = null;
        Hold(value, variable);
        return value;
    }

    void Hold(object? value, string name)
    {
        if (name.Length == 0 || frame.IsForeign)
        {
            return;
        }

        switch (value)
        {
            case OperatorLayer layer:
                layer.Name.Holder ??= name;
                break;
            case Closure { Memory: not null } closure:
                NameScopeOf([closure.Names], name);
                break;
            case Composition composition:
                NameScopeOf(composition.Stages.Select(static s => s switch { OperatorLayer l => l.Name.Scope, Closure c => c.Names, _ => null }), name);
                break;
            case TreatedLayer treated:
                Hold(treated.Inner, name);
                break;
        }
    }

    /// <summary>Names the helper call that made these, if one call made them all.</summary>
    void NameScopeOf(IEnumerable<NameScope?> scopes, string name)
    {
        var outermost = scopes.Select(s => s?.OutermostWithin(frame.Names)).Distinct().ToList();
        if (outermost is [{ } scope])
        {
            scope.Name ??= name;
        }
    }
}
