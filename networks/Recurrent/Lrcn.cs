using NetDsl.Networks.Blocks;
using static NetDsl.Filler;
using static NetDsl.Networks.Blocks.AlexNetParts;
using static NetDsl.Networks.Blocks.Captions;

namespace NetDsl.Networks;

/// <summary>
/// A long-term recurrent convolutional network that writes captions (Donahue et al. 2015, <c>coco_caption/lrcn</c>, two factored layers): one LSTM reads the words, another its states and
/// what CaffeNet sees, which is the same at every place. CaffeNet's features are not trained.
/// </summary>
[Network]
public partial class Lrcn
{
    static Tensor Forward([Shape(Batch, 3, 227, 227)] Tensor image, [Shape(Batch, 20)] Labels sentence, [Shape(Batch, 20)] Tensor continuation)
    {
        var seen = image | Freeze(AlexNetFeatures() >> Classifier.Hidden4096())
            | LearningRate(Fill(Dense(1000, name: "fc8"), Gaussian(0.01f)), weight: 0.1f, bias: 0.2f, biasDecay: 0);
        return continuation | Started(c =>
            WordVectors(sentence) | LSTM(1000, c, name: "lstm1") | LSTM(1000, c, seen, name: "lstm2") | WordScores());
    }

    static Tensor Loss(Tensor scores, [Shape(Batch, 20)] Labels next) => WordLoss(scores, next);

    static Tensor Metrics(Tensor scores, [Shape(Batch, 20)] Labels next) => Accuracy(Transpose(scores), next, ignoreLabel: -1);
}
