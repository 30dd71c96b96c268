using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl.Solvers;

/// <summary>RMSProp (Tieleman and Hinton, 2012): <c>h ← ρh + (1 − ρ)g²; w ← w − r·g / (√h + δ)</c>.</summary>
public sealed record RmsProp : Solver
{
    /// <summary>ρ: how much of the mean square stays, Caffe's <c>rms_decay</c>. 0.99 unless set.</summary>
    public double Decay { get; init; } = 0.99;

    /// <summary>δ: keeps the division finite. 1e-8 unless set.</summary>
    public double Delta { get; init; } = 1e-8;

    /// <inheritdoc/>
    public override int HistoryCount => 1;

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, string>> Settings => [.. base.Settings, Setting("decay", Decay), Setting("delta", Delta)];

    /// <inheritdoc/>
    public override void Update(in UpdateRange range, in UpdateStep step) => Run(new Rule(new(Decay), (float)Delta), range, step);

    internal readonly struct Rule(Average square, float delta) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T gradient, T rate, ref T history0, ref T history1)
            where T : struct, ILanes<T>
        {
            history0 = square.Next(history0, gradient * gradient);
            return rate * (gradient / (T.Sqrt(history0) + T.Create(delta)));
        }
    }
}
