using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl.Solvers;

/// <summary>
/// Stochastic gradient descent with momentum: <c>V ← μV + r·g; w ← w − V</c>. As in Caffe the learning rate r lies inside the velocity, so
/// that what was gathered at a higher rate keeps it after the rate has dropped.
/// </summary>
public sealed record Sgd : Solver
{
    /// <summary>The momentum μ: how much of the velocity stays. 0 unless set.</summary>
    public double Momentum { get; init; }

    /// <inheritdoc/>
    public override int HistoryCount => Momentum == 0 ? 0 : 1;

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, string>> Settings => [.. base.Settings, Setting("momentum", Momentum)];

    /// <inheritdoc/>
    public override void Update(in UpdateRange range, in UpdateStep step) => Run(new Rule((float)Momentum), range, step);

    internal readonly struct Rule(float momentum) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T gradient, T rate, ref T history0, ref T history1)
            where T : struct, ILanes<T>
        {
            history0 = T.Create(momentum) * history0 + rate * gradient;
            return history0;
        }
    }
}
