using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetDsl.Generators.Diagnostics;

namespace NetDsl.Generators.Frontend;

/// <summary>Statements: loops are unrolled and branches chosen, since their conditions are constants.</summary>
sealed partial class PartialEvaluator
{
    enum Flow
    {
        Next,
        Break,
        Continue,
        Return,
    }

    object? returned;

    Flow Run(IOperation statement)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        Step(statement);
        switch (statement)
        {
            case IBlockOperation block:
                return InScope(() => RunAll(block.Operations));
            case IExpressionStatementOperation expression:
                RunExpression(expression);
                return Flow.Next;
            case IVariableDeclarationGroupOperation group:
                Declare(group);
                return Flow.Next;
            case IReturnOperation result:
                returned = result.ReturnedValue is { } value ? Evaluate(value) : null;
                return Flow.Return;
            case IConditionalOperation choice:
                return Condition(choice.Condition) ? Run(choice.WhenTrue) : choice.WhenFalse is { } otherwise ? Run(otherwise) : Flow.Next;
            case IForLoopOperation loop:
                return InLoop(loop, () => RunFor(loop));
            case IForEachLoopOperation loop:
                return InLoop(loop, () => RunForEach(loop));
            case IWhileLoopOperation loop:
                return InLoop(loop, () => RunWhile(loop));
            case ISwitchOperation choice:
                return InScope(() => RunSwitch(choice));
            case IBranchOperation { BranchKind: BranchKind.Break }:
                return Flow.Break;
            case IBranchOperation { BranchKind: BranchKind.Continue }:
                return Flow.Continue;
            case ILocalFunctionOperation or IEmptyOperation:
                return Flow.Next;
            case IThrowOperation thrown:
                throw Thrown(thrown);
            case IInvalidOperation:
                throw new AnalysisException();
            default:
                throw Unsupported(statement);
        }
    }

    Flow RunAll(IEnumerable<IOperation> statements)
    {
        // A local function may be called before it is declared.
        foreach (var function in statements.OfType<ILocalFunctionOperation>())
        {
            scope.Declare(function.Symbol, function);
        }

        foreach (var statement in statements)
        {
            if (Run(statement) is var flow and not Flow.Next)
            {
                return flow;
            }
        }

        return Flow.Next;
    }

    Flow InScope(Func<Flow> run)
    {
        var outer = scope;
        scope = new(outer);
        try
        {
            return run();
        }
        finally
        {
            scope = outer;
        }
    }

    Flow InLoop(ILoopOperation loop, Func<Flow> run)
    {
        var outer = frame.Loop;
        frame.Loop ??= loop;
        var flow = InScope(run);
        frame.Loop = outer;
        return flow;
    }

    void RunExpression(IExpressionStatementOperation statement)
    {
        var value = Evaluate(statement.Operation);
        if (value is TensorValue or FunctionValue && statement.Operation is IInvocationOperation && !frame.IsForeign)
        {
            unused.Meant(value);
            warnings.Add(new(Descriptors.Unused, LocationInfo.Of(statement.Syntax), $"The result of '{TextOf(statement.Operation.Syntax)}' is not used"));
        }
    }

    void Declare(IVariableDeclarationGroupOperation group)
    {
        foreach (var declarator in group.Declarations.SelectMany(static d => d.Declarators))
        {
            var value = declarator.GetVariableInitializer() is { } initializer ? EvaluateFor(declarator.Symbol.Name, initializer.Value) : Default(declarator.Symbol.Type);
            scope.Declare(declarator.Symbol, value);
        }
    }

    Flow RunFor(IForLoopOperation loop)
    {
        if (RunAll(loop.Before) is var before and not Flow.Next)
        {
            return before;
        }

        while (loop.Condition is null || Condition(loop.Condition))
        {
            Step(loop);
            if (Run(loop.Body) is var flow and (Flow.Break or Flow.Return))
            {
                return flow == Flow.Return ? flow : Flow.Next;
            }

            RunAll(loop.AtLoopBottom);
        }

        return Flow.Next;
    }

    Flow RunForEach(IForEachLoopOperation loop)
    {
        foreach (var item in Sequence(Evaluate(loop.Collection), loop.Collection))
        {
            Step(loop);
            var flow = InScope(() =>
            {
                if (loop.LoopControlVariable is IVariableDeclaratorOperation declarator)
                {
                    scope.Declare(declarator.Symbol, item);
                }
                else
                {
                    StoreParts(loop.LoopControlVariable, item);
                }

                return Run(loop.Body);
            });
            if (flow is Flow.Break or Flow.Return)
            {
                return flow == Flow.Return ? flow : Flow.Next;
            }
        }

        return Flow.Next;
    }

    Flow RunWhile(IWhileLoopOperation loop)
    {
        while (!loop.ConditionIsTop || Test(loop))
        {
            Step(loop);
            if (Run(loop.Body) is var flow and (Flow.Break or Flow.Return))
            {
                return flow == Flow.Return ? flow : Flow.Next;
            }

            if (!loop.ConditionIsTop && !Test(loop))
            {
                break;
            }
        }

        return Flow.Next;
    }

    bool Test(IWhileLoopOperation loop) => loop.Condition is null || Condition(loop.Condition) != loop.ConditionIsUntil;

    Flow RunSwitch(ISwitchOperation choice)
    {
        var value = Evaluate(choice.Value);
        var chosen = choice.Cases.FirstOrDefault(c => c.Clauses.Any(clause => Matches(clause, value)))
            ?? choice.Cases.FirstOrDefault(static c => c.Clauses.Any(static clause => clause is IDefaultCaseClauseOperation));
        var flow = chosen is null ? Flow.Next : RunAll(chosen.Body);
        return flow == Flow.Break ? Flow.Next : flow;
    }
}
