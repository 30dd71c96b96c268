using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl.Solvers;

/// <summary>
/// AdaDelta (Zeiler, 2012), in Caffe's form: <c>h ← μh + (1 − μ)g²; u = g·√((k + δ) / (h + δ)); k ← μk + (1 − μ)u²; w ← w − r·u</c>. The
/// usual learning rate is 1.
/// </summary>
public sealed record AdaDelta : Solver
{
    /// <summary>μ: how much of the mean squares stays, Caffe's <c>momentum</c>. 0.95 unless set.</summary>
    public double Momentum { get; init; } = 0.95;

    /// <summary>δ, inside the roots. 1e-8 unless set.</summary>
    public double Delta { get; init; } = 1e-8;

    /// <inheritdoc/>
    public override int HistoryCount => 2;

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, string>> Settings => [.. base.Settings, Setting("momentum", Momentum), Setting("delta", Delta)];

    /// <inheritdoc/>
    public override void Update(in UpdateRange range, in UpdateStep step) => Run(new Rule(new(Momentum), (float)Delta), range, step);

    internal readonly struct Rule(Average square, float delta) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T gradient, T rate, ref T history0, ref T history1)
            where T : struct, ILanes<T>
        {
            history0 = square.Next(history0, gradient * gradient);
            var change = gradient * T.Sqrt((history1 + T.Create(delta)) / (history0 + T.Create(delta)));
            history1 = square.Next(history1, change * change);
            return rate * change;
        }
    }
}
