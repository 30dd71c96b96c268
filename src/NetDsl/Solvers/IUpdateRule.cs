using NetDsl.Kernels;

namespace NetDsl.Solvers;

/// <summary>
/// A solver's formula for one element, with the numbers that are the same for all of them. Written once over lanes, for every width of vector
/// register; it uses only <c>+ − · /</c> and square roots, so it gives the same bits with each of them.
/// </summary>
public interface IUpdateRule
{
    /// <summary>What is subtracted from the weight.</summary>
    /// <param name="gradient">The gradient, clipped, averaged and with weight decay.</param>
    /// <param name="rate">The learning rate of this parameter.</param>
    /// <param name="history0">The first history: read and replaced. Zero where the solver has none.</param>
    /// <param name="history1">The second history.</param>
    T Update<T>(T gradient, T rate, ref T history0, ref T history1)
        where T : struct, ILanes<T>;
}
