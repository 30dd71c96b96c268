using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetDsl.Generators.Diagnostics;

namespace NetDsl.Generators.Frontend;

/// <summary>Calls: of operators, helpers, lambdas and the few library functions that constants need.</summary>
sealed partial class PartialEvaluator
{
    object? Invoke(IInvocationOperation invocation)
    {
        var name = pendingName;
        pendingName = null;
        var receiver = invocation.Instance is { } instance ? Evaluate(instance) : null;
        var arguments = Arguments(invocation.Arguments, invocation.TargetMethod.Parameters.Length);
        return invocation.TargetMethod.MethodKind == MethodKind.DelegateInvoke
            ? CallFunction(Layer(receiver, invocation), arguments, invocation)
            : Call(invocation.TargetMethod, arguments, receiver, invocation, name);
    }

    object?[] Arguments(IEnumerable<IArgumentOperation> arguments, int count)
    {
        var values = new object?[count];
        foreach (var argument in arguments)
        {
            if (argument.Parameter is not { } parameter)
            {
                throw new AnalysisException();
            }

            if (parameter.RefKind is RefKind.Ref or RefKind.Out)
            {
                throw Failure(Descriptors.Unsupported, argument, $"'{parameter.RefKind.ToString().ToLowerInvariant()}' arguments are not part of the language of networks; return a tuple");
            }

            values[parameter.Ordinal] = Evaluate(argument.Value);
        }

        return values;
    }

    /// <param name="method">The method.</param>
    /// <param name="arguments">In the order of its parameters.</param>
    /// <param name="receiver">What <c>this</c> is.</param>
    /// <param name="site">The call.</param>
    /// <param name="name">The variable that will hold the result, if there is one.</param>
    object? Call(IMethodSymbol method, object?[] arguments, object? receiver, IOperation site, string? name)
    {
        Step(site);
        if (method.MethodKind == MethodKind.LocalFunction)
        {
            return CallLocal(method, arguments, site, name);
        }

        if (Symbols.IsOperator(method))
        {
            return CallOperator(method, arguments, site);
        }

        if (Symbols.IsLanguageType(method.ContainingType, "Layers") && TreatmentOf(method, arguments) is { } way)
        {
            return new TreatedLayer(Layer(arguments[0], site), way);
        }

        if (method.Name == "OffsetOf" && Symbols.IsTensor(method.ContainingType))
        {
            return OffsetOf(Tensor(receiver, site), Tensor(arguments[0], site), site);
        }

        if (Symbols.IsFiller(method))
        {
            return new Start(method.Name, arguments is [float number] ? number : 0);
        }

        method = receiver is ObjectValue record ? Implementation(method, record) : method;
        return bodies.Find(method) is { } body ? CallBody(body, arguments, receiver, site, name)
            : CallLibrary(method, arguments, receiver, site) is { Handled: true, Value: var value } ? value
            : throw NoBody(method, site);
    }

    static Treatment? TreatmentOf(IMethodSymbol method, object?[] arguments) => method.Name switch
    {
        "Freeze" => Treatment.Freeze,
        "LearningRate" when arguments is [_, float weight, float bias, float weightDecay, float biasDecay] => new(false, weight, bias, weightDecay, biasDecay),
        "Fill" => Treatment.Default with { WeightStart = arguments[1] as Start, BiasStart = arguments[2] as Start },
        _ => null,
    };

    AnalysisException NoBody(ISymbol member, IOperation site) => Failure(
        Descriptors.NoBody, site, $"'{member.Name}' of {member.ContainingAssembly?.Name ?? "an unknown assembly"} cannot be evaluated: its source is not available; mark it [Block] where it is declared");

    object? CallLocal(IMethodSymbol method, object?[] arguments, IOperation site, string? name)
    {
        if (scope.Find(method.OriginalDefinition) is not { } captured || !captured.TryGet(method.OriginalDefinition, out var declared) || declared is not ILocalFunctionOperation function)
        {
            throw Unsupported(site);
        }

        var callee = new Frame(frame, site, frame.IsForeign, new(frame.Names) { Name = name }, frame.Session, frame.Receiver);
        return InFrame(callee, new Scope(captured), () => Execute(new(function.Symbol, function, frame.IsForeign), arguments, scope));
    }

    object? CallBody(Body body, IReadOnlyList<object?> arguments, object? receiver, IOperation site, string? name)
    {
        var callee = new Frame(frame, site, body.IsForeign, new(frame.Names) { Name = name }, frame.Session, receiver);
        var value = InFrame(callee, new Scope(null), () => Execute(body, arguments, scope));
        if (value is OperatorLayer layer && layer.Name.Scope.OutermostWithin(frame.Names) is not null)
        {
            // A helper that returns a bare layer leaves its name to the caller.
            layer.Name.Scope = frame.Names;
        }

        return value;
    }

    /// <summary>Calls a value of a delegate type.</summary>
    object? CallFunction(FunctionValue function, object?[] arguments, IOperation site)
    {
        if (function is not Closure closure)
        {
            return Apply(function, Tensor(arguments.FirstOrDefault(), site), site);
        }

        if (closure.Body is not { } body)
        {
            var owner = new Frame(frame, site, frame.IsForeign, closure.Names, closure.Memory is { } own ? new(own) : frame.Session, closure.Receiver) { Origin = closure.Origin };
            return InFrame(owner, scope, () => Call(closure.Method, arguments, closure.Receiver, site, null));
        }

        var callee = new Frame(frame, site, body.IsForeign, closure.Names, closure.Memory is { } memory ? new(memory) : frame.Session, closure.Receiver);
        return InFrame(callee, new Scope(closure.Captured), () => Execute(body, arguments, scope));
    }

    /// <summary>A lambda, local function or method as a value.</summary>
    Closure Function(IOperation target)
    {
        target = Unwrap(target);
        return target switch
        {
            IAnonymousFunctionOperation lambda => new(lambda.Symbol, new(lambda.Symbol, lambda, frame.IsForeign), scope, frame, frame.Receiver, lambda.Syntax, MemoryOf(lambda.Symbol, lambda)),
            IMethodReferenceOperation { Method.MethodKind: MethodKind.LocalFunction } local when scope.Find(local.Method) is { } captured && captured.TryGet(local.Method, out var declared) && declared is ILocalFunctionOperation function =>
                new(local.Method, new(function.Symbol, function, frame.IsForeign), captured, frame, frame.Receiver, local.Syntax, MemoryOf(local.Method, local)),
            IMethodReferenceOperation reference => new(reference.Method, null, null, frame, reference.Instance is { } instance ? Evaluate(instance) : null, reference.Syntax, MemoryOf(reference.Method, reference)),
            _ => throw Unsupported(target),
        };
    }

    /// <summary>A function of tensors is a layer and remembers what it makes. Made again by the same layer, it remembers what it made there.</summary>
    LayerMemory? MemoryOf(IMethodSymbol function, IOperation site) =>
        function.Parameters.Any(static p => Symbols.IsTensor(p.Type)) ? frame.Session.Recall(site.Syntax, static () => new LayerMemory()) : null;

    object? Execute(Body body, IReadOnlyList<object?> arguments, Scope variables)
    {
        var parameters = body.Method.Parameters;
        for (var i = 0; i < parameters.Length && i < arguments.Count; i++)
        {
            variables.Declare(parameters[i], arguments[i]);
        }

        var block = body.Operation switch
        {
            IMethodBodyOperation method => method.BlockBody ?? method.ExpressionBody,
            ILocalFunctionOperation local => local.Body,
            IAnonymousFunctionOperation lambda => lambda.Body,
            IBlockOperation direct => direct,
            _ => null,
        };
        if (block is null)
        {
            throw new AnalysisException();
        }

        var outer = scope;
        scope = variables;
        returned = null;
        RunAll(block.Operations);
        scope = outer;
        var value = returned;
        returned = null;
        return value;
    }

    T InFrame<T>(Frame callee, Scope variables, Func<T> run)
    {
        if (callee.Depth > DepthLimit)
        {
            throw Failure(Descriptors.DepthLimit, callee.Site!, $"Calls are nested more than {DepthLimit} deep here; does this recursion end?");
        }

        var (outerFrame, outerScope) = (frame, scope);
        (frame, scope) = (callee, variables);
        var value = run();
        (frame, scope) = (outerFrame, outerScope);
        return value;
    }
}
