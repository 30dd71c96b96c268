using Microsoft.CodeAnalysis;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Frontend;

/// <summary>Reads what a prediction multiplies channels by and adds to them, where a kernel class declares it.</summary>
static class ChannelMapReader
{
    const string Slope = "ChannelSlopeAttribute";
    const string Intercept = "ChannelInterceptAttribute";

    /// <summary>The functions of a kernel class.</summary>
    public static IEnumerable<IMethodSymbol> Functions(INamedTypeSymbol kernel) =>
        kernel.GetMembers().OfType<IMethodSymbol>().Where(static m => m.Attribute(Slope) is not null || m.Attribute(Intercept) is not null);

    /// <summary>The operator with them.</summary>
    public static OperatorSpec Read(OperatorSpec spec, OperatorDefinition definition, INamedTypeSymbol kernel, Bodies bodies, DeclarationProblems problems)
    {
        foreach (var function in Functions(kernel))
        {
            if (!function.IsStatic || function.ReturnType.SpecialType != SpecialType.System_Single || definition.Operands.All(static o => o.Name != "x"))
            {
                problems.Report(
                    Descriptors.BadScalarFunction, function, $"'{function.Name}' says what a prediction makes of the channels of 'x': operator '{definition.Spec.Name}' must take a tensor 'x', and the function must be static and return float");
                continue;
            }

            // A flag may be called as the weight is that it stands for.
            var weights = definition.Weights.Select(static w => new Operand(w.Name, false, false));
            var arguments = definition.Arguments.Where(a => definition.Weights.All(w => w.Name != a)).ToEquatableArray();
            var isSlope = function.Attribute(Slope) is not null;
            var reader = new ElementwiseReader((isSlope ? weights : weights.Append(new("slope", false, false))).ToEquatableArray(), arguments, bodies, problems);
            var member = reader.ReadFunction(function);
            spec = isSlope ? spec with { Slope = member } : spec with { Intercept = member };
        }

        return Complete(spec);
    }

    /// <summary>An equation finds the weights through the member that it applies.</summary>
    static OperatorSpec Complete(OperatorSpec spec)
    {
        if (spec.Members.Count == 0 || (spec.Slope ?? spec.Intercept) is null)
        {
            return spec;
        }

        var weights = new[] { spec.Slope, spec.Intercept }.SelectMany(static m => m is null ? [] : (IEnumerable<string>)m.Reads).Where(static r => r != "slope").ToList();
        var forward = Complete(spec.Members[0]);
        return spec with { Members = spec.Members.Skip(1).Prepend(forward).ToEquatableArray(), Prediction = spec.Prediction is { } prediction ? Complete(prediction) : null };

        KernelMember Complete(KernelMember member) => member with { Reads = member.Reads.Concat(weights).Distinct().ToEquatableArray() };
    }
}
