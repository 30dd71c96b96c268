namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// Group normalisation of [N, C, …] (Wu and He 2018): y = weight[c] (x − μ) / √(σ² + ε) + bias[c], with μ and σ² over the channels of a group and their positions. With one group
    /// it is <see cref="LayerNorm(int, float, bool, string?)"/> with factors for channels; with as many groups as channels, instance normalisation.
    /// </summary>
    /// <param name="groups">Groups of neighbouring channels; divides their number.</param>
    /// <param name="epsilon">What is added to the variance, ε; greater than 0.</param>
    /// <param name="affine">Has a trained factor, which starts at 1, and a trained constant, which starts at 0, for each channel.</param>
    /// <param name="name">The layer's name.</param>
    [Block]
    public static Layer GroupNorm(int groups, float epsilon = 1e-5f, bool affine = true, string? name = null)
    {
        if (!(epsilon > 0))
        {
            throw new ArgumentException($"epsilon is {epsilon}; it must be greater than 0", nameof(epsilon));
        }

        return x =>
        {
            if (groups < 1 || x.Shape[1] % groups != 0)
            {
                throw new ArgumentException($"groups is {groups}, which does not divide the {x.Shape[1]} channels", nameof(groups));
            }

            var y = Reshape(Standardize(Reshape(x, [groups, -1]), epsilon, 0), SizesOf(x));
            return affine ? GroupNorm(y, name) : y;
        };
    }

    /// <summary>Multiplies each channel by a trained factor and adds a trained constant: [N, C, …] to the same.</summary>
    /// <param name="x">Channels that are standardised in groups.</param>
    /// <param name="name">The layer's name.</param>
    [Operator("[N, C, *S] -> [N, C, *S]", Kernel = typeof(ScaleKernel), Fusion = Fusion.Injective, Channelwise = true)]
    [Weight("weight", "[K = C]", Initializer.Ones)]
    [Weight("bias", "[K = C]", Initializer.Zeros)]
    public static Tensor GroupNorm(Tensor x, string? name = null) => throw new NotExecutableException();
}
