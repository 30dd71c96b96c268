using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl.Solvers;

/// <summary>
/// Nesterov's accelerated gradient (Sutskever et al., 2013), in Caffe's form: <c>V' ← μV + r·g; w ← w − ((1 + μ)V' − μV)</c>.
/// </summary>
public sealed record Nesterov : Solver
{
    /// <summary>The momentum μ. 0.9 unless set.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <inheritdoc/>
    public override int HistoryCount => 1;

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
            var before = history0;
            history0 = T.Create(momentum) * before + rate * gradient;
            return T.Create(1 + momentum) * history0 - T.Create(momentum) * before;
        }
    }
}
