using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl.Solvers;

/// <summary>
/// Adam (Kingma and Ba, 2014), in Caffe's form: <c>m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; w ← w − r·√(1 − β₂ᵗ)/(1 − β₁ᵗ)·m / (√v + δ)</c>,
/// where t counts updates from 1; δ is not corrected for the start.
/// </summary>
public sealed record Adam : Solver
{
    /// <summary>β₁: how much of the mean gradient stays. 0.9 unless set.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>β₂: how much of the mean square stays. 0.999 unless set.</summary>
    public double Momentum2 { get; init; } = 0.999;

    /// <summary>δ: keeps the division finite. 1e-8 unless set.</summary>
    public double Delta { get; init; } = 1e-8;

    /// <inheritdoc/>
    public override int HistoryCount => 2;

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, string>> Settings => [.. base.Settings, Setting("momentum", Momentum), Setting("momentum2", Momentum2), Setting("delta", Delta)];

    /// <inheritdoc/>
    public override void Update(in UpdateRange range, in UpdateStep step)
    {
        var t = step.Number + 1;
        var correction = Math.Sqrt(1 - Math.Pow(Momentum2, t)) / (1 - Math.Pow(Momentum, t));
        Run(new Rule(new(Momentum), new(Momentum2), (float)Delta, (float)correction), range, step);
    }

    internal readonly struct Rule(Average mean, Average square, float delta, float correction) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T gradient, T rate, ref T history0, ref T history1)
            where T : struct, ILanes<T>
        {
            history0 = mean.Next(history0, gradient);
            history1 = square.Next(history1, gradient * gradient);
            return rate * T.Create(correction) * (history0 / (T.Sqrt(history1) + T.Create(delta)));
        }
    }
}
