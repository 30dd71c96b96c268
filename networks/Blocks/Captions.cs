using static NetDsl.Filler;

namespace NetDsl.Networks.Blocks;

/// <summary>The parts of LRCN's networks (Donahue et al. 2015), which read and write 8,801 words.</summary>
public static class Captions
{
    /// <summary>Words, the end of a sentence among them.</summary>
    public const int Words = 8801;

    /// <summary>A vector of 1,000 numbers for each word: [N, T] to [N, T, 1000].</summary>
    [Block]
    public static Tensor WordVectors(Labels sentence) => Embed(sentence, Words, 1000, bias: false, name: "embedding");

    /// <summary>Scores of all words at each place: [N, T, 1000] to [N, T, 8801].</summary>
    [Block]
    public static Layer WordScores() => LearningRate(Dense(Words, axis: 2, name: "predict"), bias: 2, biasDecay: 0);

    /// <summary>A network whose weights all start uniform in ±0.08.</summary>
    [Block]
    public static Layer Started(Layer network) => Fill(network, Uniform(0.08f));

    /// <summary>The loss of a place times 20, as LRCN weighs it, since a sentence has so many. A word of −1 is none.</summary>
    [Block]
    public static Tensor WordLoss(Tensor scores, Labels next) => 20 * SoftmaxCrossEntropy(Transpose(scores), next, ignoreLabel: -1);
}
