using Microsoft.CodeAnalysis;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Ir;
using NetDsl.Generators.Shapes;

namespace NetDsl.Generators.Frontend;

/// <summary>
/// Reads the kernel class of an operator. A method's parameters are bound by name: tensors, coordinates (axes of what it computes, in lower
/// case), sizes (axes in upper case) and arguments.
/// </summary>
/// <param name="sequence">The axis that is walked along step by step; empty for none.</param>
sealed partial class KernelReader(OperatorDefinition definition, IMethodSymbol owner, DeclarationProblems problems, string sequence)
{
    const string End = "End";

    readonly HashSet<string> axes = [.. AxisNames(definition)];
    readonly Dictionary<string, string> arguments = definition.Arguments.ToDictionary(OperatorArguments.KernelName);

    /// <summary>What a prediction computes in place of the forward method; known once <see cref="Read"/> has run.</summary>
    public KernelMember? Prediction { get; private set; }

    /// <summary>What weights become when a training step is done.</summary>
    public EquatableArray<KernelMember> Updates { get; private set; }

    public EquatableArray<KernelMember> Read(AttributeData attribute)
    {
        if (attribute.Named<INamedTypeSymbol>("Kernel") is not { } kernel)
        {
            problems.Report(Descriptors.BadKernel, attribute, $"Operator '{owner.Name}' needs 'Kernel = typeof(…)', the class of its kernel methods");
            return [];
        }

        var methods = kernel.GetMembers().OfType<IMethodSymbol>().Where(static m => m.MethodKind == MethodKind.Ordinary).ToList();
        if (methods.FirstOrDefault(static m => m.Name == "Forward") is not { } forward)
        {
            problems.Report(Descriptors.BadKernel, attribute, $"Kernel class '{kernel.Name}' of operator '{owner.Name}' has no method 'Forward'");
            return [];
        }

        ReadRecord(methods);
        var members = new List<KernelMember>();
        Add(members, ReadMember(forward, ""));
        foreach (var method in methods.Where(static m => !IsOnGpu(m)))
        {
            if (method.Attribute("GradientOfAttribute")?.Positional<string>(0) is { } target)
            {
                AddGradient(members, method, target);
            }
        }

        foreach (var method in methods.Where(IsOnGpu))
        {
            AddOnGpu(members, method);
        }

        CheckRecord(methods);
        Prediction = methods.FirstOrDefault(static m => m.Attribute("PredictionAttribute") is not null) is { } prediction ? ReadMember(prediction, "") : null;
        Updates = methods.Select(ReadUpdate).OfType<KernelMember>().ToEquatableArray();
        return members.Count == 0 ? [] : Complete(members).ToEquatableArray();
    }

    static void Add(List<KernelMember> members, KernelMember? member)
    {
        if (member is not null)
        {
            members.Add(member);
        }
    }

    static bool IsOnGpu(IMethodSymbol method) => method.Attribute("OnGpuAttribute") is not null;

    /// <summary>Finds the member that the method stands for on a GPU; it keeps that one's operands, which are those of the equation.</summary>
    void AddOnGpu(List<KernelMember> members, IMethodSymbol method)
    {
        var target = method.Attribute("GradientOfAttribute")?.Positional<string>(0) ?? "";
        if (FromRecord is { } recorded && method.Parameters.Any(p => p.Name == record))
        {
            FromRecord = ReadMember(method, target) is { } own ? recorded with { OnGpu = own with { Reads = recorded.Reads } } : recorded;
            return;
        }

        var index = members.FindIndex(m => m.Target == target);
        if (index < 0)
        {
            problems.Report(Descriptors.BadKernel, method, $"Kernel method '{method.Name}' is for a GPU, but no method {(target.Length == 0 ? "'Forward'" : $"with [GradientOf(\"{target}\")]")} says what a CPU runs");
            return;
        }

        if (ReadMember(method, target) is not { } form)
        {
            return;
        }

        var member = members[index];
        if (form.Form != MemberForm.Element || !Names(form).IsSubsetOf(Names(member)))
        {
            problems.Report(
                Descriptors.BadKernel, method, $"Kernel method '{method.Name}' is for a GPU: it must return T, and take only operands, axes and arguments that '{member.Method.Substring(member.Method.LastIndexOf('.') + 1)}' takes");
            return;
        }

        members[index] = member with { OnGpu = form with { Reads = member.Reads } };

        static HashSet<string> Names(KernelMember m) => [.. m.Arguments.Where(static a => a.Kind is BindingKind.Read or BindingKind.Constant).Select(static a => a.Name)];
    }

    KernelMember? ReadUpdate(IMethodSymbol method)
    {
        if (method.Attribute("UpdateOfAttribute")?.Positional<string>(0) is not { } weight)
        {
            return null;
        }

        if (definition.Weights.FirstOrDefault(w => w.Name == weight) is not { Frozen: true } || method.ReturnsVoid)
        {
            problems.Report(
                Descriptors.BadKernel, method, $"Kernel method '{method.Name}' says what '{weight}' of operator '{owner.Name}' becomes: that must be a weight declared with 'Frozen = true', which no solver changes, and the method must return T");
            return null;
        }

        return ReadMember(method, weight) is { } member ? member with { Form = MemberForm.Element } : null;
    }

    /// <summary>A gradient finds its operands through the forward member, so that one reads all that any other member reads.</summary>
    IEnumerable<KernelMember> Complete(List<KernelMember> members)
    {
        var forward = members[0];
        var needed = members.Skip(1).Concat(Prediction is null ? [] : [Prediction]).Concat(Updates).SelectMany(static m => m.Reads).Where(r => r is not ("y" or "dy") && !IsGradient(r));
        return members.Skip(1).Prepend(forward with { Reads = forward.Reads.Concat(needed).Distinct().ToEquatableArray() });
    }

    static IEnumerable<string> AxisNames(OperatorDefinition definition) => definition.Signature is null ? [] : definition.Signature.Inputs
        .Append(definition.Signature.Output)
        .Concat(definition.Weights.Select(static w => w.Shape))
        .SelectMany(static p => p.Axes)
        .Select(static a => a.Name)
        .Where(static n => n.Length > 0);

    KernelMember? UnknownTarget(IMethodSymbol method, string target)
    {
        problems.Report(Descriptors.BadKernel, method, $"'{target}' is neither an operand nor a weight of operator '{owner.Name}'");
        return null;
    }

    KernelMember? ReadMember(IMethodSymbol method, string target)
    {
        if (IsRoutine(method))
        {
            return ReadRoutine(method, target);
        }

        var returnsLanes = method.ReturnType is ITypeParameterSymbol { Ordinal: 0 };
        if (method.TypeParameters.Length == 0 || (!method.ReturnsVoid && !returnsLanes) || !method.IsStatic)
        {
            problems.Report(
                Descriptors.BadKernel, method, $"Kernel method '{method.Name}' must be static, generic over lanes T and views, and return T (one element) or void (writes a part); or take spans of one sample's numbers and return void");
            return null;
        }

        var isUniform = definition.Pattern(target) is { Batched: false } && definition.Signature!.Output.Batched;
        var form = (returnsLanes, isUniform && target.Length > 0) switch
        {
            (true, true) => MemberForm.Contribution,
            (true, false) => MemberForm.Element,
            (false, true) => MemberForm.Scatter,
            _ => MemberForm.Plane,
        };
        var written = target.Length == 0 ? "y" : "d" + target;
        var bound = method.Parameters.Select(p => Bind(p, target, returnsLanes ? "" : written)).ToList();
        if (bound.Any(static b => b is null))
        {
            return null;
        }

        bound = [.. bound.Zip(method.Parameters, static (b, p) => b! with { IsOwn = p.Attribute("OwnElementAttribute") is not null })];
        if (form == MemberForm.Scatter && bound.Where(static b => b!.Kind == BindingKind.Coordinate).Any(b => b!.Axis != definition.Pattern(target)!.Axes.Count - 1))
        {
            problems.Report(
                Descriptors.BadKernel, method, $"Kernel method '{method.Name}' adds to the gradient by '{target}': its one coordinate must be on the last axis of {definition.Pattern(target)}, so that calls share no element");
            return null;
        }

        var reads = bound.Where(static b => b!.Kind == BindingKind.Read).Select(static b => b!.Name).ToEquatableArray();
        return new(target, form, $"{method.ContainingType.FullName()}.{method.Name}", method.TypeParameters.Length, reads, bound.ToEquatableArray()!, "");
    }

    /// <summary>A method on spans of one sample's numbers.</summary>
    static bool IsRoutine(IMethodSymbol method) =>
        method is { IsStatic: true, ReturnsVoid: true, TypeParameters.Length: 0 } && method.Parameters.Any(static p => IsSpan(p.Type, "Span"));

    static bool IsSpan(ITypeSymbol type, string name) =>
        type is INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_Single }] } span && span.Name == name && span.ContainingNamespace is { Name: "System" };

    KernelMember? ReadRoutine(IMethodSymbol method, string target)
    {
        if (definition.Weights.Any(w => w.Name == target))
        {
            problems.Report(
                Descriptors.BadKernel, method, $"Routine '{method.Name}' of operator '{owner.Name}' computes the gradient by the weight '{target}', but a routine sees one sample; make the weight a layer of its own");
            return null;
        }

        var bound = method.Parameters.Select(p => BindSpan(p, target)).ToList();
        return bound.Any(static b => b is null)
            ? null
            : new(target, MemberForm.Routine, $"{method.ContainingType.FullName()}.{method.Name}", 0, bound.Where(static b => b!.Kind == BindingKind.Read).Select(static b => b!.Name).ToEquatableArray(), bound.ToEquatableArray()!, "");
    }

    KernelArgument? BindSpan(IParameterSymbol parameter, string target)
    {
        var (name, written) = (parameter.Name, target.Length == 0 ? "y" : "d" + target);
        return IsSpan(parameter.Type, "Span")
            ? name == written ? new(name, BindingKind.Result, name, -1, -1) : Unbound(parameter, $"only the result '{written}' can be a Span<float>")
            : IsSpan(parameter.Type, "ReadOnlySpan")
                ? IsTensor(name) || (target.Length > 0 && (name is "y" or "dy" || IsGradient(name))) ? new(name, BindingKind.Read, name, -1, -1)
                    : Unbound(parameter, $"it is no operand or weight{(target.Length > 0 ? ", nor 'y', nor 'dy'" : "")}")
                : axes.Contains(name) || arguments.ContainsKey(name) ? new(name, BindingKind.Constant, name, -1, -1)
                : Unbound(parameter, "it is neither an axis nor an argument");
    }

    KernelArgument? Bind(IParameterSymbol parameter, string target, string written)
    {
        var name = parameter.Name;
        if (parameter.Type is ITypeParameterSymbol type)
        {
            var isGradient = target.Length > 0;
            return type.Ordinal == 0 ? name == "random" ? new(name, BindingKind.Random, "random", -1, -1) : Unbound(parameter, "a number of type T can only be 'random'")
                : name == written ? new(name, BindingKind.Result, name, -1, type.Ordinal, Rest: definition.Pattern(target)?.Group is not null)
                : IsTensor(name) || (isGradient && (name is "y" or "dy" || name == record || IsGradient(name)))
                    ? new(name, BindingKind.Read, name, -1, type.Ordinal, Rest: definition.Pattern(name is "y" or "dy" || name == record ? "" : name)?.Group is not null)
                : Unbound(parameter, $"it is no operand or weight{(isGradient ? ", nor 'y', nor 'dy'" : "")}{(written.Length > 0 ? $", nor the result '{written}'" : "")}");
        }

        if (parameter.Type.SpecialType == SpecialType.System_Int32 && definition.Pattern(target) is { } pattern)
        {
            var axis = pattern.Axes.ToList().FindIndex(a => ShapePattern.Coordinate(a.Name) == name);
            if (axis >= 0)
            {
                return pattern.Axes[axis].Name == sequence
                    ? new(name, BindingKind.Step, sequence, axis, -1)
                    : new(name, BindingKind.Coordinate, name, axis, -1, Rest: pattern.Group is { } group && pattern.Axes[axis] == group);
            }

            if (name.EndsWith(End, StringComparison.Ordinal) && pattern.Axes.ToList().FindIndex(a => ShapePattern.Coordinate(a.Name) + End == name) is var run and >= 0)
            {
                return new(name, BindingKind.RunEnd, ShapePattern.Coordinate(pattern.Axes[run].Name), run, -1);
            }

            if (name == "i")
            {
                return new(name, BindingKind.Coordinate, name, -1, -1);
            }
        }

        return axes.Contains(name) || arguments.ContainsKey(name)
            ? new(name, BindingKind.Constant, name, -1, -1)
            : Unbound(parameter, $"it is neither a coordinate of {definition.Pattern(target)}, nor an axis, nor an argument");
    }

    /// <summary><c>dgates</c>: the gradient by the operand <c>gates</c>.</summary>
    bool IsGradient(string name) => name.Length > 1 && name[0] == 'd' && !IsTensor(name) && definition.Operands.Any(o => o.Name == name.Substring(1));

    bool IsTensor(string name) => definition.Operands.Any(o => o.Name == name) || definition.Weights.Any(w => w.Name == name);

    KernelArgument? Unbound(IParameterSymbol parameter, string reason)
    {
        problems.Report(Descriptors.UnboundParameter, parameter, $"'{parameter.Name}' of '{parameter.ContainingSymbol.Name}' stands for nothing in operator '{owner.Name}': {reason}");
        return null;
    }
}
