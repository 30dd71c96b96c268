using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Frontend;

/// <summary>From a class marked <c>[Network]</c> to its graph. Analyzer and generator both come here. Never throws.</summary>
sealed class NetworkFrontend
{
    readonly INamedTypeSymbol type;
    readonly Bodies bodies;
    readonly NetworkDeclaration declaration;
    readonly GraphBuilder graph = new();
    readonly FreeSizes free = new();
    readonly PartialEvaluator evaluator;
    readonly Dictionary<string, (TensorValue Value, InputKind Kind)> inputs = [];

    NetworkFrontend(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        this.type = type;
        bodies = Bodies.Of(compilation);
        declaration = new(type);
        free.Reference = declaration.Reference;
        evaluator = new(bodies, graph, free, declaration.Forward.DeclaringSyntaxReferences[0].SyntaxTree, cancellation);
    }

    public static NetworkResult Evaluate(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        NetworkFrontend? frontend = null;
        try
        {
            frontend = new(type, compilation, cancellation);
            return new(frontend.Evaluate(), frontend.evaluator.Warnings.ToEquatableArray());
        }
        catch (AnalysisException e)
        {
            return new(null, e.Diagnostics.ToEquatableArray());
        }
        catch (InsufficientExecutionStackException)
        {
            return new(null, frontend!.evaluator.TooDeep().Diagnostics.ToEquatableArray());
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever happens, a build says which network it happened in.
            var place = type.Locations.FirstOrDefault(static l => l.IsInSource) is { } location ? LocationInfo.Of(location) : LocationInfo.None;
            return new(null, [new DiagnosticInfo(Descriptors.Internal, place, Failure(type.Name, e))]);
        }
    }

    /// <summary>What an internal failure says: enough for a report.</summary>
    public static string Failure(string network, Exception e) =>
        $"The NetDsl compiler failed on '{network}' ({e.GetType().Name}: {e.Message} {e.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}); please report it with this class";

    Graph Evaluate()
    {
        var outputs = Run(declaration.Forward, [], isForward: true);
        CheckNoFigures(declaration.Forward, outputs);
        AddResults(ResultKind.Output, NetworkDeclaration.ResultNames(declaration.Forward, "output"), outputs, declaration.Auxiliary(outputs.Count));
        if (declaration.Loss is { } loss)
        {
            var value = Run(loss, outputs, isForward: false);
            CheckNoFigures(loss, value);
            CheckScalars(loss, value);
            AddResults(ResultKind.Loss, ["loss"], value);
        }

        if (declaration.Metrics is { } metrics)
        {
            var values = Run(metrics, outputs, isForward: false);
            CheckScalars(metrics, values);
            AddResults(ResultKind.Metric, NetworkDeclaration.ResultNames(metrics, MetricName(metrics)), values);
        }

        var space = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString();
        var built = graph.Build(space, type.Name, declaration.Algorithms) with { Layout = declaration.Layout, HalvesWeights = declaration.HalvesWeights };
        CheckTraining(built);
        return inputs.Values.Any(static i => i.Value.Type.IsFree) ? built with { Sizes = free.Facts, Reference = free.Reference } : built;
    }

    List<TensorValue> Run(IMethodSymbol method, List<TensorValue> outputs, bool isForward)
    {
        free.OfEvaluation = !isForward;
        var arguments = new List<object?>();
        var taken = 0;
        foreach (var parameter in method.Parameters)
        {
            if (declaration.InputType(parameter, () => FreeAxes(parameter, arguments, isForward)) is { } declared)
            {
                arguments.Add(Input(parameter, declared));
            }
            else if (isForward || Symbols.IsLabels(parameter.Type))
            {
                throw NetworkDeclaration.Failure(Descriptors.NoShape, parameter, $"Input '{parameter.Name}' needs a shape: [Shape(Batch, …)]");
            }
            else
            {
                arguments.Add(taken < outputs.Count
                    ? outputs[taken++]
                    : throw NetworkDeclaration.Failure(Descriptors.OutputMismatch, parameter, $"'{method.Name}' takes more tensors than the {outputs.Count} that Forward returns; an input needs a [Shape]"));
            }
        }

        if (!isForward && taken < outputs.Count)
        {
            throw NetworkDeclaration.Failure(Descriptors.OutputMismatch, method, $"'{method.Name}' takes {taken} of the {outputs.Count} tensors that Forward returns; it takes all of them, in order, then inputs with a [Shape]");
        }

        var body = bodies.Find(method) ?? throw NetworkDeclaration.Failure(Descriptors.NoForward, method, $"'{method.Name}' needs a body");
        return evaluator.Run(body, arguments) switch
        {
            TensorValue single => [single],
            TupleValue { Items: var items } => [.. items.Select(i => i as TensorValue ?? throw NullResult(method))],
            _ => throw NullResult(method),
        };
    }

    /// <summary>
    /// What <c>Any</c> stands for in the shape of an input: the network's height and width in <c>Forward</c>, behind it those of the nearest tensor on the left that has them free. So labels are
    /// as large as the scores, whatever layers made of the image.
    /// </summary>
    (Size Height, Size Width) FreeAxes(IParameterSymbol parameter, List<object?> before, bool isForward)
    {
        var tensors = before.OfType<TensorValue>().Reverse();
        return inputs.TryGetValue(parameter.Name, out var known) && AxesOf(known.Value) is { } same ? same
            : isForward ? (free.Height, free.Width)
            : !inputs.Values.Any(static i => i.Value.Type.IsFree) ? throw NetworkDeclaration.Failure(
                Descriptors.BadShape, parameter, $"'{parameter.Name}' leaves its height and width free, but no input of Forward does, so they are numbers here, too")
            : tensors.Select(AxesOf).FirstOrDefault(static axes => axes is not null) ?? (free.Height, free.Width);

        static (Size, Size)? AxesOf(TensorValue tensor) => tensor.Type.Sizes is { Count: > 1 } sizes && sizes[sizes.Count - 2] is { IsFree: true } height && sizes[sizes.Count - 1] is { IsFree: true } width ? (height, width) : null;
    }

    static AnalysisException NullResult(IMethodSymbol method) =>
        NetworkDeclaration.ReturnsTensors(method)
            ? NetworkDeclaration.Failure(Descriptors.Failed, method, $"'{method.Name}' returns null")
            : NetworkDeclaration.Failure(Descriptors.NotScalar, method, $"'{method.Name}' must return a Tensor or a tuple of them");

    TensorValue Input(IParameterSymbol parameter, TensorType declared)
    {
        var kind = Symbols.IsLabels(parameter.Type) ? InputKind.Labels : InputKind.Tensor;
        if (!inputs.TryGetValue(parameter.Name, out var known))
        {
            inputs[parameter.Name] = known = (graph.AddInput(parameter.Name, declared, kind), kind);
        }

        return known.Kind == kind && known.Value.Type == declared
            ? known.Value
            : throw NetworkDeclaration.Failure(Descriptors.InputMismatch, parameter, $"Input '{parameter.Name}' is {known.Kind} {known.Value.Type} elsewhere but {kind} {declared} here; inputs of one name are one input");
    }

    void CheckScalars(IMethodSymbol method, List<TensorValue> values)
    {
        if (method.Name == "Loss" && values.Count != 1)
        {
            throw NetworkDeclaration.Failure(Descriptors.NotScalar, method, "'Loss' must return one tensor; add up several losses");
        }

        if (values.FirstOrDefault(v => !v.Type.IsScalar && !graph.IsFigure(v)) is { } value)
        {
            throw NetworkDeclaration.Failure(Descriptors.NotScalar, method, $"'{method.Name}' returns {value.Type} but must return scalars: reduce it with BatchMean or BatchSum");
        }
    }

    void CheckTraining(Graph built)
    {
        if (declaration.Loss is { } loss && built.Parameters.Any(static p => !p.Frozen) && !Gradient.Reaches(built, out var barrier))
        {
            throw NetworkDeclaration.Failure(Descriptors.NothingToTrain, loss, barrier is null
                ? "'Loss' trains nothing: it does not depend on a parameter that is trained"
                : $"'Loss' trains nothing: {barrier.Operator.Name} has no gradient, and nothing else leads from it to a parameter. What is only measured belongs in 'Metrics'");
        }
    }

    void CheckNoFigures(IMethodSymbol method, List<TensorValue> values)
    {
        if (values.Any(graph.IsFigure))
        {
            throw NetworkDeclaration.Failure(Descriptors.NotScalar, method, $"'{method.Name}' returns a figure of a whole evaluation, which is made of counts at its end: only Metrics may return it");
        }
    }

    /// <param name="absent">The places of values that are no results of their own.</param>
    void AddResults(ResultKind kind, IReadOnlyList<string> names, List<TensorValue> values, HashSet<int>? absent = null)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (absent is null || !absent.Contains(i))
            {
                graph.AddResult(names[i], values[i], kind);
            }
        }
    }

    /// <summary>A single metric is named after what computes it: <c>accuracy</c>.</summary>
    string MetricName(IMethodSymbol metrics)
    {
        var operation = bodies.Find(metrics)?.Operation as IMethodBodyOperation;
        var result = (operation?.BlockBody ?? operation?.ExpressionBody)?.Operations.OfType<IReturnOperation>().LastOrDefault()?.ReturnedValue;
        return result is IInvocationOperation call ? call.TargetMethod.Name.ToLowerInvariant() : "metric";
    }
}
