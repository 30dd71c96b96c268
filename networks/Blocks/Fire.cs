namespace NetDsl.Networks.Blocks;

/// <summary>The fire module of SqueezeNet (Iandola et al. 2016).</summary>
public static class FireModule
{
    /// <summary>Few 1×1 filters, then 1×1 and 3×3 filters side by side: [N, C, H, W] to [N, 2 expand, H, W].</summary>
    /// <param name="squeeze">Filters of the first convolution.</param>
    /// <param name="expand">Filters of each of the two that follow.</param>
    [Block]
    public static Layer Fire(int squeeze, int expand) => x =>
    {
        var few = x | Conv(squeeze, kernel: 1, name: "squeeze1x1") | ReLU;
        return Concat(
            few | Conv(expand, kernel: 1, name: "expand1x1") | ReLU,
            few | Conv(expand, kernel: 3, padding: 1, name: "expand3x3") | ReLU);
    };
}
