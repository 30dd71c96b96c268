using Microsoft.CodeAnalysis;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Frontend;

/// <summary>Reads the members of an elementwise operator from its scalar function and the derivatives that it names.</summary>
sealed class ElementwiseReader(EquatableArray<Operand> operands, EquatableArray<string> arguments, Bodies bodies, DeclarationProblems problems)
{
    const string Random = "random";

    public EquatableArray<KernelMember> Read(IMethodSymbol? function)
    {
        if (function is null)
        {
            return [];
        }

        var roles = Roles(function);
        var all = operands.Select(static o => o.Name).ToEquatableArray();
        List<KernelMember> members = [];
        if (roles is null || Member(function, "", roles, all, static t => t.Lifted) is not { } forward)
        {
            return [];
        }

        members.Add(forward);
        foreach (var attribute in function.GetAttributes().Where(static a => a.Is("DerivativeAttribute")))
        {
            if (ReadDerivative(function, attribute, roles) is { } member)
            {
                members.Add(member);
            }
        }

        return members.ToEquatableArray();
    }

    /// <summary>A function that is no operator's: it reads those operands that it names.</summary>
    public KernelMember? ReadFunction(IMethodSymbol function)
    {
        if (Roles(function) is not { } roles)
        {
            return null;
        }

        if (roles.ContainsKey(Random))
        {
            problems.Report(Descriptors.BadScalarFunction, function, $"'{function.Name}' draws random numbers, but it is computed once for many predictions");
            return null;
        }

        return Member(function, "", roles, operands.Select(static o => o.Name).Where(roles.ContainsValue).ToEquatableArray(), static t => t.Lifted);
    }

    KernelMember? ReadDerivative(IMethodSymbol function, AttributeData attribute, Dictionary<string, string> functionRoles)
    {
        var name = attribute.Positional<string>(0) ?? "";
        var by = attribute.Named<string>("By") is { Length: > 0 } given ? given : operands.Count == 1 ? operands[0].Name : "";
        var derivative = function.ContainingType.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault(static m => m.IsStatic && m.ReturnType.SpecialType == SpecialType.System_Single);
        var target = functionRoles.TryGetValue(by, out var role) ? role : by;
        if (derivative is null || operands.All(o => o.Name != target))
        {
            problems.Report(Descriptors.BadScalarFunction, attribute, derivative is null
                ? $"'{function.ContainingType.Name}' has no static method 'float {name}(…)', the derivative of '{function.Name}'"
                : $"The derivative '{name}' of '{function.Name}' must say 'By = …', the operand it is the derivative by");
            return null;
        }

        var roles = new Dictionary<string, string> { ["y"] = "y" };
        foreach (var pair in functionRoles)
        {
            roles[pair.Key] = pair.Value;
        }

        if (derivative.Parameters.FirstOrDefault(p => !roles.ContainsKey(p.Name) && p.Name != Random) is { } unknown)
        {
            problems.Report(Descriptors.BadScalarFunction, unknown, $"'{unknown.Name}' of '{name}' is neither a parameter of '{function.Name}' nor 'y', its result");
            return null;
        }

        var reads = derivative.Parameters.Select(p => p.Name == Random ? "" : roles[p.Name]).Where(r => r == "y" || operands.Any(o => o.Name == r)).Prepend("dy").Distinct();
        return Member(derivative, target, roles, reads.ToEquatableArray(), ChainRule);
    }

    /// <summary>Times the gradient by the result.</summary>
    static string ChainRule(ScalarTerm derivative) => derivative.Text switch
    {
        "1" or "1f" => "dy",
        "-1" or "-1f" => "-dy",
        _ => $"dy * {derivative.LiftedIn(ScalarTerm.Product + 1)}",
    };

    KernelMember? Member(IMethodSymbol method, string target, Dictionary<string, string> roles, EquatableArray<string> reads, Func<ScalarTerm, string> complete)
    {
        try
        {
            var terms = method.Parameters.Select(p => Term(p.Name == Random ? Random : roles[p.Name])).ToList();
            var expression = complete(new ScalarTranslator(bodies).Translate(method, terms));
            var random = method.Parameters.Any(static p => p.Name == Random);
            return new(target, MemberForm.Scalar, "", 0, reads, random ? [new(Random, BindingKind.Random, Random, -1, -1)] : [], expression);
        }
        catch (AnalysisException e)
        {
            foreach (var problem in e.Diagnostics)
            {
                problems.Report(Descriptors.All[problem.Id], problem.Location == LocationInfo.None ? null : problem.Location, problem.Message);
            }

            return null;
        }
    }

    ScalarTerm Term(string role) => arguments.Contains(role) ? ScalarTerm.Uniform(OperatorArguments.KernelName(role)) : ScalarTerm.Lanes(role);

    /// <summary>What each parameter of the function stands for: an operand, an argument or a random number.</summary>
    Dictionary<string, string>? Roles(IMethodSymbol function)
    {
        var roles = new Dictionary<string, string>();
        foreach (var parameter in function.Parameters)
        {
            var name = parameter.Name;
            var isKnown = name == Random || operands.Any(o => o.Name == name) || arguments.Contains(name);
            if (!isKnown && operands.Count == 1 && !roles.ContainsValue(operands[0].Name) && function.Parameters.All(p => p.Name != operands[0].Name))
            {
                // A function of one element may call it as it likes.
                roles[name] = operands[0].Name;
            }
            else if (isKnown)
            {
                roles[name] = name;
            }
            else
            {
                problems.Report(Descriptors.BadScalarFunction, parameter, $"'{name}' of scalar function '{function.Name}' is neither a parameter of the operator nor '{Random}'");
                return null;
            }
        }

        return roles;
    }
}
