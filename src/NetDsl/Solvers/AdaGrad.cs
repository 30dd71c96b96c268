using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl.Solvers;

/// <summary>AdaGrad (Duchi et al., 2011): <c>h ← h + g²; w ← w − r·g / (√h + δ)</c>.</summary>
public sealed record AdaGrad : Solver
{
    /// <summary>δ: keeps the division finite. 1e-8 unless set.</summary>
    public double Delta { get; init; } = 1e-8;

    /// <inheritdoc/>
    public override int HistoryCount => 1;

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, string>> Settings => [.. base.Settings, Setting("delta", Delta)];

    /// <inheritdoc/>
    public override void Update(in UpdateRange range, in UpdateStep step) => Run(new Rule((float)Delta), range, step);

    internal readonly struct Rule(float delta) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T gradient, T rate, ref T history0, ref T history1)
            where T : struct, ILanes<T>
        {
            history0 += gradient * gradient;
            return rate * (gradient / (T.Sqrt(history0) + T.Create(delta)));
        }
    }
}
