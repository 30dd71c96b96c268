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
