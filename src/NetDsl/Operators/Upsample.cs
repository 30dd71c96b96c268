namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// Enlarges [N, C, H, W] to [N, C, factor H, factor W] by bilinear interpolation: a transposed convolution of each channel with Caffe's bilinear filler, kernel
    /// 2 factor − factor % 2, stride factor, padding ⌈(factor − 1) / 2⌉, no bias; frozen (<c>lr_mult: 0</c>), as in FCN (Long et al. 2015).
    /// </summary>
    /// <param name="factor">How many times larger.</param>
    /// <param name="name">The layer's name.</param>
    [Block]
    public static Layer Upsample(int factor, string? name = null)
    {
        if (factor < 1)
        {
            throw new ArgumentException($"the factor is {factor}; it must be at least 1", nameof(factor));
        }

        return x => x | Freeze(Fill(
            ConvTranspose(x.Shape[1], kernel: 2 * factor - factor % 2, stride: factor, padding: factor / 2, group: x.Shape[1], bias: false, name: name),
            Filler.Bilinear));
    }
}
