namespace NetDsl.Generators.Frontend;

/// <summary>
/// How the parameters of a layer are trained: Caffe's <c>lr_mult</c> and <c>decay_mult</c>, for biases and for all others; or not at all. And how they start,
/// where that is not as their operator declares.
/// </summary>
sealed record Treatment(bool Frozen, float Weight, float Bias, float WeightDecay, float BiasDecay, Start? WeightStart = null, Start? BiasStart = null)
{
    public static readonly Treatment Default = new(false, 1, 1, 1, 1);

    public static readonly Treatment Freeze = Default with { Frozen = true };

    /// <summary>This treatment inside another one.</summary>
    public Treatment Within(Treatment outer) => new(
        Frozen || outer.Frozen, Weight * outer.Weight, Bias * outer.Bias, WeightDecay * outer.WeightDecay, BiasDecay * outer.BiasDecay,
        WeightStart ?? outer.WeightStart, BiasStart ?? outer.BiasStart);

    /// <summary>This treatment of a block, for the layers inside: a start that was given to one layer is that layer's own.</summary>
    public Treatment OfBlock() => this with { WeightStart = WeightStart?.OfBlock(), BiasStart = BiasStart?.OfBlock() };

    public Start StartOf(WeightDefinition weight) => IsBias(weight.Name)
        ? BiasStart ?? new(weight.Initializer, weight.Value)
        : WeightStart is { } start && (start.IsOwn || Start.IsDrawn(weight.Initializer)) ? start : new(weight.Initializer, weight.Value);

    public float LearningRateOf(string weight) => IsBias(weight) ? Bias : Weight;

    public float DecayOf(string weight) => IsBias(weight) ? BiasDecay : WeightDecay;

    static bool IsBias(string weight) => weight == "bias";
}
