namespace NetDsl.Networks;

/// <summary>Two LSTMs (Hochreiter and Schmidhuber 1997) that read text letter by letter, and guess the next one at each of 50 places (after Graves 2013).</summary>
[Network]
public partial class CharLstm
{
    /// <summary>Different letters, as in tinyshakespeare.</summary>
    const int Symbols = 65;

    static Tensor Forward([Shape(Batch, 50)] Labels text) =>
        Embed(text, Symbols, Symbols, bias: false, name: "embed")
        | LSTM(512, name: "lstm1") | LSTM(512, name: "lstm2") | Dense(Symbols, axis: 2, name: "predict");

    static Tensor Loss(Tensor scores, [Shape(Batch, 50)] Labels next) => SoftmaxCrossEntropy(Transpose(scores), next);

    static Tensor Metrics(Tensor scores, [Shape(Batch, 50)] Labels next) => Accuracy(Transpose(scores), next);
}
