using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetDsl.Generators.Diagnostics;

namespace NetDsl.Generators.Frontend;

/// <summary>
/// Translates a scalar function to C# over lanes: <c>x > 0 ? x : slope * x</c> becomes <c>T.Select(T.Greater(x, T.Create(0f)), x, T.Create(slope) * x)</c>.
/// Functions it calls and locals it declares are written in place.
/// </summary>
sealed class ScalarTranslator(Bodies bodies)
{
    const int DepthLimit = 32;
    const int LengthLimit = 10_000;

    readonly Dictionary<ISymbol, ScalarTerm> values = new(SymbolEqualityComparer.Default);
    int depth;

    /// <summary>The function's value where its parameters stand for <paramref name="arguments"/>.</summary>
    /// <exception cref="AnalysisException">Something in it has no counterpart over lanes.</exception>
    public ScalarTerm Translate(IMethodSymbol function, IReadOnlyList<ScalarTerm> arguments, SyntaxNode? site = null)
    {
        if (function.Attribute("LanesFunctionAttribute")?.Positional<string>(0) is { } lanes)
        {
            return bodies.Compilation.GetTypeByMetadataName("NetDsl.Kernels.LanesMath")?.GetMembers(lanes).OfType<IMethodSymbol>().FirstOrDefault()?.Parameters.Length == arguments.Count
                ? ScalarTerm.Lanes(ScalarFunctions.Lanes(lanes, arguments.Select(static a => a.Lifted)))
                : throw Failure(site, $"'{function.Name}' is said to be 'LanesMath.{lanes}', but there is no such function of {arguments.Count} numbers");
        }

        if (bodies.Find(function) is not { } body)
        {
            throw Failure(site, $"the source of '{function.Name}' is not available; mark it [Block] where it is declared");
        }

        if (++depth > DepthLimit)
        {
            throw Failure(site ?? body.Operation.Syntax, $"'{function.Name}' calls itself; a scalar function is one expression");
        }

        for (var i = 0; i < arguments.Count; i++)
        {
            values[body.Method.Parameters[i]] = arguments[i];
        }

        var block = body.Operation is IMethodBodyOperation method ? method.BlockBody ?? method.ExpressionBody : body.Operation as IBlockOperation;
        foreach (var statement in block?.Operations ?? [])
        {
            switch (statement)
            {
                case IVariableDeclarationGroupOperation group:
                    Declare(group);
                    break;
                case IReturnOperation { ReturnedValue: { } value }:
                    var term = Translate(value);
                    depth--;
                    return term.Text.Length <= LengthLimit ? term : throw Failure(site ?? body.Operation.Syntax, $"'{function.Name}' written out is too long; compute less in one operator");
                default:
                    throw Failure(statement.Syntax, "a scalar function consists of local constants and one 'return'");
            }
        }

        throw Failure(body.Operation.Syntax, $"'{function.Name}' returns nothing");
    }

    void Declare(IVariableDeclarationGroupOperation group)
    {
        foreach (var declarator in group.Declarations.SelectMany(static d => d.Declarators))
        {
            values[declarator.Symbol] = declarator.GetVariableInitializer() is { } initializer
                ? Translate(initializer.Value)
                : throw Failure(declarator.Syntax, $"'{declarator.Symbol.Name}' needs a value");
        }
    }

    ScalarTerm Translate(IOperation operation)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (operation.ConstantValue is { HasValue: true, Value: float or int or bool })
        {
            return ScalarTerm.Literal(operation.ConstantValue.Value);
        }

        return operation switch
        {
            IParameterReferenceOperation parameter => Value(parameter.Parameter, operation),
            ILocalReferenceOperation local => Value(local.Local, operation),
            IConversionOperation { OperatorMethod: null } conversion => Convert(conversion),
            IUnaryOperation { OperatorMethod: null } unary => Unary(unary),
            IBinaryOperation { OperatorMethod: null } binary => Binary(binary),
            IConditionalOperation { WhenFalse: { } whenFalse } conditional => Conditional(Translate(conditional.Condition), Translate(conditional.WhenTrue), Translate(whenFalse)),
            IInvocationOperation { Instance: null } call => Call(call),
            IInvalidOperation => throw new AnalysisException(),
            _ => throw Failure(operation.Syntax, "scalar functions are made of float arithmetic, comparisons, '?:', MathF and calls of other scalar functions"),
        };
    }

    ScalarTerm Value(ISymbol symbol, IOperation use) =>
        values.TryGetValue(symbol, out var term) ? term : throw Failure(use.Syntax, $"'{symbol.Name}' has no value here");

    ScalarTerm Convert(IConversionOperation conversion)
    {
        var term = Translate(conversion.Operand);
        var type = conversion.Type?.SpecialType;
        if (type is not (SpecialType.System_Single or SpecialType.System_Int32 or SpecialType.System_Boolean))
        {
            throw Failure(conversion.Syntax, $"scalar functions are computed in float, not {conversion.Type?.ToDisplayString()}: write 1f instead of 1.0, MathF instead of Math");
        }

        return term.IsLanes || type == conversion.Operand.Type?.SpecialType ? term
            : type == SpecialType.System_Single && term.Precedence == ScalarTerm.Primary && char.IsDigit(term.Text[0]) ? ScalarTerm.Uniform(term.Text + "f")
            : ScalarTerm.Uniform($"({(type == SpecialType.System_Single ? "float" : "int")}){term.In(ScalarTerm.Prefix)}", ScalarTerm.Prefix);
    }

    ScalarTerm Unary(IUnaryOperation unary)
    {
        var x = Translate(unary.Operand);
        return unary.OperatorKind switch
        {
            UnaryOperatorKind.Plus => x,
            UnaryOperatorKind.Minus => x with { Text = "-" + x.In(ScalarTerm.Primary), Precedence = ScalarTerm.Prefix },
            UnaryOperatorKind.Not when x.IsLanes => ScalarTerm.Lanes($"T.Not({x.Text})"),
            UnaryOperatorKind.Not => ScalarTerm.Uniform("!" + x.In(ScalarTerm.Primary), ScalarTerm.Prefix),
            _ => throw Failure(unary.Syntax, "this operator has no counterpart over lanes"),
        };
    }

    ScalarTerm Binary(IBinaryOperation binary)
    {
        var (a, b) = (Translate(binary.LeftOperand), Translate(binary.RightOperand));
        return binary.OperatorKind switch
        {
            BinaryOperatorKind.Add => Infix(a, "+", b, ScalarTerm.Sum),
            BinaryOperatorKind.Subtract => Infix(a, "-", b, ScalarTerm.Sum),
            BinaryOperatorKind.Multiply => Infix(a, "*", b, ScalarTerm.Product),
            BinaryOperatorKind.Divide => Infix(a, "/", b, ScalarTerm.Product),
            BinaryOperatorKind.GreaterThan => Mask(a, ">", b, "T.Greater", false),
            BinaryOperatorKind.LessThan => Mask(a, "<", b, "T.Greater", true),
            BinaryOperatorKind.GreaterThanOrEqual => Mask(a, ">=", b, "T.GreaterOrEqual", false),
            BinaryOperatorKind.LessThanOrEqual => Mask(a, "<=", b, "T.GreaterOrEqual", true),
            BinaryOperatorKind.Equals => Mask(a, "==", b, "T.Equal", false),
            BinaryOperatorKind.NotEquals when a.IsLanes || b.IsLanes => ScalarTerm.Lanes($"T.Not(T.Equal({a.Lifted}, {b.Lifted}))"),
            BinaryOperatorKind.NotEquals => ScalarTerm.Uniform($"{a.In(ScalarTerm.Sum)} != {b.In(ScalarTerm.Sum)}", ScalarTerm.Comparison),
            BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And when IsBoolean(binary) => Both(a, b),
            BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or when IsBoolean(binary) => Either(a, b),
            _ => throw Failure(binary.Syntax, "this operator has no counterpart over lanes"),
        };
    }

    static bool IsBoolean(IBinaryOperation binary) => binary.Type?.SpecialType == SpecialType.System_Boolean;

    static ScalarTerm Infix(ScalarTerm a, string symbol, ScalarTerm b, int precedence)
    {
        // The order of operations is the author's: it decides how the result is rounded.
        var right = precedence + 1;
        return a.IsLanes || b.IsLanes
            ? ScalarTerm.Lanes($"{a.LiftedIn(precedence)} {symbol} {b.LiftedIn(right)}", precedence)
            : ScalarTerm.Uniform($"{a.In(precedence)} {symbol} {b.In(right)}", precedence);
    }

    static ScalarTerm Mask(ScalarTerm a, string symbol, ScalarTerm b, string function, bool swapped) =>
        !a.IsLanes && !b.IsLanes ? ScalarTerm.Uniform($"{a.In(ScalarTerm.Sum)} {symbol} {b.In(ScalarTerm.Sum)}", ScalarTerm.Comparison)
        : swapped ? ScalarTerm.Lanes($"{function}({b.Lifted}, {a.Lifted})")
        : ScalarTerm.Lanes($"{function}({a.Lifted}, {b.Lifted})");

    static ScalarTerm Both(ScalarTerm a, ScalarTerm b) => (a.IsLanes, b.IsLanes) switch
    {
        (true, true) => ScalarTerm.Lanes($"T.And({a.Text}, {b.Text})"),
        (false, false) => ScalarTerm.Uniform($"{a.In(ScalarTerm.And)} && {b.In(ScalarTerm.And)}", ScalarTerm.And),
        (true, false) => ScalarTerm.Lanes($"T.And({a.Text}, {Constantly(b)})"),
        (false, true) => ScalarTerm.Lanes($"T.And({Constantly(a)}, {b.Text})"),
    };

    static ScalarTerm Either(ScalarTerm a, ScalarTerm b) => (a.IsLanes, b.IsLanes) switch
    {
        (true, true) => ScalarTerm.Lanes($"T.Or({a.Text}, {b.Text})"),
        (false, false) => ScalarTerm.Uniform($"{a.In(ScalarTerm.Or)} || {b.In(ScalarTerm.Or)}", ScalarTerm.Or),
        (true, false) => ScalarTerm.Lanes($"T.Or({a.Text}, {Constantly(b)})"),
        (false, true) => ScalarTerm.Lanes($"T.Or({Constantly(a)}, {b.Text})"),
    };

    /// <summary>A mask that holds in every lane or in none.</summary>
    static string Constantly(ScalarTerm condition) => $"T.Equal(T.Create({condition.In(ScalarTerm.Or)} ? 1f : 0f), T.Create(1f))";

    static ScalarTerm Conditional(ScalarTerm condition, ScalarTerm a, ScalarTerm b) =>
        condition.IsLanes ? ScalarTerm.Lanes($"T.Select({condition.Text}, {a.Lifted}, {b.Lifted})")
        : a.IsLanes || b.IsLanes ? ScalarTerm.Lanes($"{condition.In(ScalarTerm.Or)} ? {a.Lifted} : {b.Lifted}", ScalarTerm.Conditional)
        : ScalarTerm.Uniform($"{condition.In(ScalarTerm.Or)} ? {a.In(ScalarTerm.Or)} : {b.In(ScalarTerm.Or)}", ScalarTerm.Conditional);

    ScalarTerm Call(IInvocationOperation call)
    {
        var arguments = new ScalarTerm[call.Arguments.Length];
        foreach (var argument in call.Arguments)
        {
            arguments[argument.Parameter!.Ordinal] = Translate(argument.Value);
        }

        var method = call.TargetMethod;
        if (method.ContainingType is { ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true }, Name: "MathF" or "Math" or "Single" } && method.ReturnType.SpecialType == SpecialType.System_Single)
        {
            return ScalarFunctions.Call(method.Name, arguments.Select(static a => a.Lifted).ToList()) is { } text
                ? ScalarTerm.Lanes(text, text[0] == '-' ? ScalarTerm.Prefix : ScalarTerm.Primary)
                : throw Failure(call.Syntax, $"lanes have no '{method.Name}'; they have {ScalarFunctions.Names}");
        }

        return method.IsStatic && method.ReturnType.SpecialType is SpecialType.System_Single or SpecialType.System_Boolean
            ? Translate(method, arguments, call.Syntax)
            : throw Failure(call.Syntax, $"'{method.Name}' is not a scalar function");
    }

    static AnalysisException Failure(SyntaxNode? place, string message) =>
        new(new DiagnosticInfo(Descriptors.BadScalarFunction, place is null ? LocationInfo.None : LocationInfo.Of(place), "Cannot translate a scalar function: " + message));
}
