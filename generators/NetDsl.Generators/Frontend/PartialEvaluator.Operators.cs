using Microsoft.CodeAnalysis;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Ir;
using NetDsl.Generators.Shapes;

namespace NetDsl.Generators.Frontend;

/// <summary>Uses of operators: shapes are inferred and equations written.</summary>
sealed partial class PartialEvaluator
{
    object? CallOperator(IMethodSymbol method, object?[] arguments, IOperation site)
    {
        var reading = OperatorReader.Read(method, bodies);
        if (reading.Definition is not { } definition)
        {
            // The operator's own declaration is reported where it stands.
            throw reading.Problems.Any(static p => p.Location != LocationInfo.None)
                ? new AnalysisException()
                : Failure(Descriptors.BadOperator, site, $"Operator '{method.Name}' of {method.ContainingAssembly.Name} is declared wrongly: {reading.Problems[0].Message}");
        }

        if (definition.Function.Length > 0)
        {
            definition = WithFunction(definition, method, arguments, site);
        }

        var bound = BoundArguments.Bind(method, arguments);
        var origin = Visible(site);
        CheckArguments(definition, bound, origin);
        if (!definition.ReturnsLayer)
        {
            var operands = Operands(definition, method, arguments, site);
            var name = frame.Session.Recall(frame.Origin ?? site.Syntax, () => NameOf(definition, bound, origin));
            return Use(definition, bound, name, operands, name.Weights, origin, origin);
        }

        var layer = frame.Session.Recall(site.Syntax, () => new OperatorLayer(definition, bound, NameOf(definition, bound, origin), origin));
        return layer.Arguments == bound
            ? layer
            : throw Failure(Descriptors.TwoShapes, site, $"The layer that owns '{TextOf(origin.Syntax)}' is used again with other arguments than at its first use; call the function that makes it again for weights of its own");
    }

    LayerName NameOf(OperatorDefinition definition, BoundArguments bound, IOperation origin) =>
        new(frame.Names, definition.Spec.Name, bound.Name, LocationInfo.Of(origin.Syntax));

    /// <summary>The operator with the scalar function that is its argument.</summary>
    OperatorDefinition WithFunction(OperatorDefinition definition, IMethodSymbol method, object?[] arguments, IOperation site)
    {
        var parameter = method.Parameters.First(p => p.Name == definition.Function);
        if (arguments[parameter.Ordinal] is not Closure { Method: { MethodKind: MethodKind.Ordinary, IsStatic: true } function })
        {
            throw Failure(Descriptors.BadScalarFunction, site, $"'{parameter.Name}' must be a static method of one expression");
        }

        var problems = new DeclarationProblems(function);
        var members = new ElementwiseReader(definition.Operands, definition.Arguments, bodies, problems).Read(function);
        return problems.Any
            ? throw new AnalysisException([.. problems.ToArray()])
            : definition with { Spec = definition.Spec with { Members = members } };
    }

    /// <summary>Conditions on arguments alone are checked where the layer is made.</summary>
    void CheckArguments(OperatorDefinition definition, BoundArguments bound, IOperation origin)
    {
        var bindings = bound.ToBindings(free);
        free.Stage = FreeSizes.Escape($"{TextOf(origin.Syntax)}: ");
        foreach (var requirement in definition.Requirements)
        {
            if (requirement.Names.All(bindings.Values.ContainsKey) && !requirement.Holds(bindings))
            {
                throw FailureAt(Descriptors.BadArgument, ArgumentOf(origin, requirement.Argument) ?? origin.Syntax, $"{TextOf(origin.Syntax)}: {requirement.Format(bindings)}");
            }
        }
    }

    List<(Operand Operand, TensorValue Value)> Operands(OperatorDefinition definition, IMethodSymbol method, object?[] arguments, IOperation site)
    {
        var operands = new List<(Operand, TensorValue)>();
        foreach (var operand in definition.Operands)
        {
            var value = arguments[method.Parameters.First(p => p.Name == operand.Name).Ordinal];
            operands.AddRange(operand.IsMany
                ? Sequence(value, site).Select(item => (operand, Tensor(item, site)))
                : [(operand, Tensor(value, site))]);
        }

        return operands;
    }

    TensorValue ApplyOperator(OperatorLayer layer, TensorValue x, IOperation stage)
    {
        var visible = Visible(stage);
        var isMadeHere = layer.Origin.Syntax.SyntaxTree == visible.Syntax.SyntaxTree && visible.Syntax.Span.Contains(layer.Origin.Syntax.Span);
        if (layer.FirstUse is { } first && first.Input.Type != x.Type && layer.Weights is { Count: > 0 })
        {
            throw Failure(
                Descriptors.TwoShapes, stage,
                $"{TextOf(layer.Origin.Syntax)} shares its weights with its first use at {LocationInfo.Of(first.Place.Syntax)}, where its input is {first.Input.Type}; here it is {x.Type}");
        }

        var weights = layer.Weights as Dictionary<string, int> ?? [];
        var value = Use(layer.Definition, layer.Arguments, layer.Name, [(layer.Definition.Operands[0], x)], weights, layer.Origin, isMadeHere ? layer.Origin : visible);
        layer.Weights = weights;
        layer.FirstUse ??= (x, visible);
        if (treatment.Frozen)
        {
            graph.Freeze(weights.Values);
        }

        return value;
    }

    /// <param name="definition">The operator.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="name">The layer.</param>
    /// <param name="operands">Its operands.</param>
    /// <param name="weights">Its weights; filled in at the first use.</param>
    /// <param name="origin">The call that made it: what messages call it.</param>
    /// <param name="place">What messages underline.</param>
    TensorValue Use(
        OperatorDefinition definition,
        BoundArguments arguments,
        LayerName name,
        List<(Operand Operand, TensorValue Value)> operands,
        Dictionary<string, int> weights,
        IOperation origin,
        IOperation place)
    {
        if (operands.Any(o => graph.IsFigure(o.Value)))
        {
            throw FailureAt(
                Descriptors.NotScalar, place.Syntax,
                $"{TextOf(origin.Syntax)} takes a figure of a whole evaluation, which is made of counts at its end: Metrics returns it as it is, nothing can be computed from it");
        }

        var bindings = arguments.ToBindings(free);
        var typed = operands.Select(static o => new TypedOperand(o.Operand.Name, o.Value.Type)).ToList();
        free.Stage = $"{FreeSizes.Escape(TextOf(origin.Syntax))} does not fit its {Inputs(typed, FreeSizes.Holes)}: ";
        try
        {
            var type = InferType(definition, bindings, typed, origin, place, out var moved);
            AddWeights(definition, arguments, bindings, name, weights);
            CheckLabels(operands, bindings, origin, place);
            var isMovement = definition.Spec.Class == OperatorClass.Movement;
            var constants = isMovement ? moved : arguments.Constants.Concat(Sizes(definition, bindings)).ToEquatableArray();
            var reads = isMovement
                ? operands.Select(static o => o.Value.Id)
                : definition.Spec.Members[0].Reads.Select(r => operands.FirstOrDefault(o => o.Operand.Name == r).Value?.Id ?? (weights.TryGetValue(r, out var weight) ? weight : -1));
            var multiplyAdds = definition.MultiplyAdds is { } expression ? bindings.Evaluate(expression).Size : 0;
            var value = graph.AddNode(definition.At(bindings), type, reads.ToEquatableArray(), constants, multiplyAdds, name);
            positions.Made(value, definition, bindings, operands);
            unused.Made(value, operands.Select(static o => o.Value.Id).ToEquatableArray(), place.Syntax);
            return value;
        }
        catch (ShapeException e)
        {
            throw FailureAt(Descriptors.DoesNotFit, place.Syntax, $"The shape rule of {definition.Spec.Name} fails: {e.Message}");
        }
    }

    void CheckLabels(List<(Operand Operand, TensorValue Value)> operands, Bindings bindings, IOperation origin, IOperation place)
    {
        foreach (var (operand, value) in operands)
        {
            if (operand.IsLabels && labels.Read(value, bindings, place.Syntax) is var (earlier, difference))
            {
                throw FailureAt(Descriptors.BadArgument, place.Syntax, $"{TextOf(origin.Syntax)} reads the same labels as {TextOf(earlier)} at {LocationInfo.Of(earlier)}: {difference}");
            }
        }
    }

    static IEnumerable<Constant> Sizes(OperatorDefinition definition, Bindings bindings) => bindings.Axes
        .Where(axis => definition.Arguments.All(a => OperatorArguments.KernelName(a) != axis))
        .Select(axis => Constant.Of(axis, bindings.Values[axis].Size));

    void AddWeights(OperatorDefinition definition, BoundArguments arguments, Bindings bindings, LayerName name, Dictionary<string, int> weights)
    {
        foreach (var weight in definition.Weights)
        {
            var isAbsent = weight.When.Length > 0 && !arguments.Flag(weight.When);
            var type = ShapeInference.Infer(weight.Shape, bindings, out var problem);
            if (problem is not null)
            {
                throw new ShapeException($"weight '{weight.Name}': {problem}");
            }

            if (type.IsFree)
            {
                throw new ShapeException($"weight '{weight.Name}' is {type} where height and width are {free.Reference.Height}×{free.Reference.Width}, but these are free: use layers whose weights do not depend on them, such as Conv or a pooling to a fixed size");
            }

            if (!weights.ContainsKey(weight.Name))
            {
                var start = treatment.StartOf(weight);
                weights[weight.Name] = isAbsent ? -1 : graph.AddParameter(
                    new(0, weight.Name, type, start.Initializer, start.Value, treatment.LearningRateOf(weight.Name), treatment.DecayOf(weight.Name), treatment.Frozen || weight.Frozen),
                    name);
            }
        }
    }
}
