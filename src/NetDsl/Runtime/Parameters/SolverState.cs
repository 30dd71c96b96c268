using NetDsl.Solvers;

namespace NetDsl.Runtime;

/// <summary>What a solver remembers of the parameters of one network. It belongs to the network.</summary>
public sealed class SolverState
{
    readonly Execution execution;

    internal SolverState(Solver solver, NetworkDefinition definition, Execution execution)
    {
        this.execution = execution;
        SolverType = solver.GetType();
        Histories = [.. Enumerable.Range(0, solver.HistoryCount).Select(_ => new Arena(definition.ParameterSize))];
    }

    /// <summary>The kind of solver whose memory it is.</summary>
    public Type SolverType { get; }

    /// <summary>Numbers remembered for each weight.</summary>
    public int HistoryCount => Histories.Length;

    /// <summary>Bytes.</summary>
    public long Bytes => Histories.Sum(static history => history.Length * sizeof(float));

    internal Arena[] Histories { get; }

    /// <summary>A history of one parameter, row-major, to save and to restore; valid until the next step.</summary>
    /// <param name="history">Which, from 0.</param>
    /// <param name="parameter">The parameter.</param>
    public Span<float> History(int history, Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        execution.Share(Histories[history]);
        return Histories[history].Span(parameter.Definition.Offset, parameter.Count);
    }

    /// <summary>A part of the parameters for the solver.</summary>
    /// <param name="weights">The first of them.</param>
    /// <param name="gradients">Their gradients, wherever they lie.</param>
    /// <param name="offset">Where the part begins in the parameters' memory.</param>
    /// <param name="count">How many.</param>
    /// <param name="rate">The factor on the learning rate.</param>
    /// <param name="decay">The factor on the weight decay.</param>
    internal unsafe UpdateRange Range(float* weights, float* gradients, long offset, int count, float rate, float decay) => new()
    {
        Weights = weights,
        Gradients = gradients,
        History0 = At(0, offset),
        History1 = At(1, offset),
        Count = count,
        Rate = rate,
        Decay = decay,
    };

    internal unsafe float* At(int history, long offset) => history < Histories.Length ? Histories[history].Start + offset : null;

    internal void Clear()
    {
        foreach (var history in Histories)
        {
            execution.Share(history);
            history.Clear();
        }
    }

    internal void Dispose()
    {
        foreach (var history in Histories)
        {
            execution.Forget(history);
            history.Dispose();
        }
    }
}
