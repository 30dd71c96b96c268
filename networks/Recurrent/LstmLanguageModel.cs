using static NetDsl.Networks.Blocks.Captions;

namespace NetDsl.Networks;

/// <summary>
/// A language model of words (Donahue et al. 2015, <c>lstm_language_model</c> of LRCN): at each of 20 places it guesses the next one of 8,801 words. Sentences may begin anywhere: there the
/// continuation is 0.
/// </summary>
[Network]
public partial class LstmLanguageModel
{
    static Tensor Forward([Shape(Batch, 20)] Labels sentence, [Shape(Batch, 20)] Tensor continuation) => continuation | Started(c =>
        WordVectors(sentence) | Dropout(0.5f) | LSTM(1000, c, name: "lstm1") | Dropout(0.5f) | WordScores());

    static Tensor Loss(Tensor scores, [Shape(Batch, 20)] Labels next) => WordLoss(scores, next);

    static Tensor Metrics(Tensor scores, [Shape(Batch, 20)] Labels next) => Accuracy(Transpose(scores), next, ignoreLabel: -1);
}
