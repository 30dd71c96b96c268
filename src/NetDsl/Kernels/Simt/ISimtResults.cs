namespace NetDsl.Kernels;

/// <summary>What becomes of the sums: emitted, with the operators that are fused behind them.</summary>
public interface ISimtResults
{
    /// <param name="sample">The sample.</param>
    /// <param name="i">The flat index in the sample's result.</param>
    /// <param name="channel">The channel or unit: the index of its bias.</param>
    /// <param name="sum">The sum of products.</param>
    void Store(int sample, int i, int channel, float sum);
}
