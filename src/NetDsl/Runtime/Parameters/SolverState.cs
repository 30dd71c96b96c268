using NetDsl.Solvers;

namespace NetDsl.Runtime;

/// <summary>What a solver remembers of the parameters of one network.</summary>
public sealed class SolverState : IDisposable
{
    readonly Arena[] histories;

    internal SolverState(Solver solver, NetworkDefinition definition)
    {
        Solver = solver;
        histories = [.. Enumerable.Range(0, solver.HistoryCount).Select(_ => new Arena(definition.ParameterSize))];
    }

    /// <summary>Whose memory it is.</summary>
    public Solver Solver { get; }

    /// <summary>Numbers remembered for each weight.</summary>
    public int HistoryCount => histories.Length;

    /// <summary>Bytes.</summary>
    public long Bytes => histories.Sum(static history => history.Length * sizeof(float));

    /// <summary>A history of one parameter, row-major: to save, and to restore.</summary>
    /// <param name="history">Which, from 0.</param>
    /// <param name="parameter">The parameter.</param>
    public Span<float> History(int history, Parameter parameter) => histories[history].Span(parameter.Definition.Offset, parameter.Count);

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(histories, static history => history.Dispose());

    internal unsafe float* At(int history, long offset) => history < histories.Length ? histories[history].Start + offset : null;

    internal void Clear() => Array.ForEach(histories, static history => history.Clear());
}
