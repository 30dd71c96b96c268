namespace NetDsl.Generators.Frontend;

/// <summary>How the parameters of a layer are trained: Caffe's <c>lr_mult</c> and <c>decay_mult</c>, for biases and for all others; or not at all.</summary>
sealed record Treatment(bool Frozen, float Weight, float Bias, float WeightDecay, float BiasDecay)
{
    public static readonly Treatment Default = new(false, 1, 1, 1, 1);

    public static readonly Treatment Freeze = Default with { Frozen = true };

    /// <summary>This treatment inside another one.</summary>
    public Treatment Within(Treatment outer) => new(
        Frozen || outer.Frozen, Weight * outer.Weight, Bias * outer.Bias, WeightDecay * outer.WeightDecay, BiasDecay * outer.BiasDecay);

    public float LearningRateOf(string weight) => IsBias(weight) ? Bias : Weight;

    public float DecayOf(string weight) => IsBias(weight) ? BiasDecay : WeightDecay;

    static bool IsBias(string weight) => weight == "bias";
}
