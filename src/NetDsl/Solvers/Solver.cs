namespace NetDsl.Solvers;

/// <summary>
/// A rule that turns gradients into a change of the parameters. A solver holds settings only: its memory of each parameter belongs to the
/// network that it trains, so one solver may serve several networks.
/// </summary>
public abstract class Solver
{
    /// <summary>Numbers remembered for each weight: 0, 1 or 2. They start at zero.</summary>
    public abstract int HistoryCount { get; }

    /// <summary>
    /// Updates a part of a parameter. Called by several threads at once, each with other ranges; the result must not depend on where a
    /// parameter is cut, so an element's update may depend on nothing but that element and <paramref name="step"/>.
    /// </summary>
    public abstract void Update(in UpdateRange range, in UpdateStep step);
}
