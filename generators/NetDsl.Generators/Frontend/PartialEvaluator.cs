using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Frontend;

/// <summary>
/// Interprets <c>Forward</c>, <c>Loss</c> and <c>Metrics</c> over Roslyn's operation trees, with tensors as unknowns: constants and control flow are
/// computed, applications of operators become equations of the graph. It always ends, and every failure is a diagnostic at its place.
/// </summary>
sealed partial class PartialEvaluator(Bodies bodies, GraphBuilder graph, FreeSizes free, SyntaxTree home, CancellationToken cancellation)
{
    const int StepLimit = 1_000_000;
    const int DepthLimit = 200;
    const int CharactersPerStep = 16;

    readonly List<DiagnosticInfo> warnings = [];
    readonly UnusedTensors unused = new();
    readonly LabelRanges labels = new();
    readonly Dictionary<ISymbol, object?> statics = new(SymbolEqualityComparer.Default);
    readonly NameScope rootNames = new(null);
    Frame frame = new(null, null, false, new(null), new(null), null);
    Scope scope = new(null);
    Treatment treatment = Treatment.Default;
    long steps;

    /// <summary>What is said of a network that is evaluated to its end.</summary>
    public IReadOnlyList<DiagnosticInfo> Warnings =>
        [.. warnings, .. unused.Find().Select(static place => new DiagnosticInfo(Descriptors.Unused, LocationInfo.Of(place), $"The result of '{TextOf(place)}' is not used"))];

    /// <summary>Evaluates a method of the network.</summary>
    public object? Run(Body method, IReadOnlyList<object?> arguments)
    {
        frame = new(null, null, false, rootNames, new(null), null);
        var result = Execute(method, arguments, new Scope(null));
        unused.Meant(result);
        return result;
    }

    object? Evaluate(IOperation operation)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        Step(operation);
        if (operation.ConstantValue is { HasValue: true } constant)
        {
            if (operation is IConversionOperation conversion)
            {
                CheckOption(conversion);
            }

            return constant.Value;
        }

        return Paid(EvaluateUnpaid(operation), operation);
    }

    object? EvaluateUnpaid(IOperation operation)
    {
        return operation switch
        {
            ILocalReferenceOperation local => Variable(local.Local, local),
            IParameterReferenceOperation parameter => Variable(parameter.Parameter, parameter),
            IFieldReferenceOperation field => Field(field),
            IPropertyReferenceOperation property => Property(property),
            IArrayElementReferenceOperation element => ArrayElement(element),
            IImplicitIndexerReferenceOperation indexer => Indexed(Evaluate(indexer.Instance), Evaluate(indexer.Argument), indexer),
            IInstanceReferenceOperation instance => Instance(instance),
            IConversionOperation conversion => Convert(conversion),
            IBinaryOperation binary => Binary(binary),
            IUnaryOperation unary => Unary(unary),
            IIncrementOrDecrementOperation increment => Increment(increment),
            ICompoundAssignmentOperation assignment => CompoundAssign(assignment),
            ISimpleAssignmentOperation assignment => Assign(assignment),
            IDeconstructionAssignmentOperation assignment => Deconstruct(assignment),
            ICoalesceAssignmentOperation assignment => CoalesceAssign(assignment),
            IDeclarationExpressionOperation declaration => Evaluate(declaration.Expression),
            IInvocationOperation invocation => Invoke(invocation),
            IDelegateCreationOperation creation => Function(creation.Target),
            IAnonymousFunctionOperation or IMethodReferenceOperation => Function(operation),
            IConditionalOperation { WhenFalse: { } whenFalse } conditional => Evaluate(Condition(conditional.Condition) ? conditional.WhenTrue : whenFalse),
            ICoalesceOperation coalesce => Evaluate(coalesce.Value) ?? Evaluate(coalesce.WhenNull),
            IConditionalAccessOperation access => ConditionalAccess(access),
            IConditionalAccessInstanceOperation => conditionalInstances.Peek(),
            ISwitchExpressionOperation choice => Switch(choice),
            IIsPatternOperation test => Matches(test.Pattern, Evaluate(test.Value)),
            IIsTypeOperation test => IsType(Evaluate(test.ValueOperand), test.TypeOperand) != test.IsNegated,
            ITupleOperation tuple => TupleValue.Of(tuple.Elements.Select(Evaluate).ToList()),
            ITupleBinaryOperation comparison => Equals(Evaluate(comparison.LeftOperand), Evaluate(comparison.RightOperand)) == (comparison.OperatorKind == BinaryOperatorKind.Equals),
            IObjectCreationOperation creation => Create(creation),
            IAnonymousObjectCreationOperation creation => CreateAnonymous(creation),
            IWithOperation with => With(with),
            IArrayCreationOperation array => CreateArray(array),
            ICollectionExpressionOperation collection => Collect(collection),
            IInterpolatedStringOperation text => Interpolate(text),
            IRangeOperation range => Range(range),
            ITranslatedQueryOperation query => Evaluate(query.Operation),
            IDefaultValueOperation value => Default(value.Type),
            IThrowOperation thrown => throw Thrown(thrown),
            IParenthesizedOperation parenthesized => Evaluate(parenthesized.Operand),
            IInvalidOperation => throw new AnalysisException(),
            _ => throw Unsupported(operation),
        };
    }

    void Step(IOperation operation)
    {
        Spend(1, operation);
        if ((steps & 0xFF) == 0)
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Counts work, and memory as work: a list costs a step an element, a text a step a line or so.</summary>
    void Spend(long work, IOperation operation)
    {
        steps += work;
        if (steps > StepLimit)
        {
            throw FailureAt(Descriptors.StepLimit, Visible(frame.Loop ?? operation).Syntax.GetFirstToken(), $"Evaluation takes more than {StepLimit:N0} steps here; does this loop end?");
        }
    }

    T Paid<T>(T value, IOperation operation)
    {
        if (value is string text)
        {
            Spend(text.Length / CharactersPerStep, operation);
        }

        return value;
    }

    bool Condition(IOperation condition) => Evaluate(condition) is bool value
        ? value
        : throw Failure(Descriptors.Unsupported, condition, "A condition must be known while compiling; the values of tensors are not");
}
