namespace NetDsl.Networks;

/// <summary>
/// An LSTM (Hochreiter and Schmidhuber 1997) over 32 steps of 128 features, unrolled by the compiler, and a classifier on the last step. Caffe's gate order: input, forget, output, cell.
/// </summary>
[Network]
public partial class LstmClassifier
{
    const int Hidden = 128;

    static Tensor Forward([Shape(Batch, 32, 128)] Tensor sequence)
    {
        // What the inputs add to the gates does not wait for the step before: one product for all steps.
        var (input, hidden) = (Dense(4 * Hidden, axis: 2), Dense(4 * Hidden, bias: false));
        Tensor? h = null, c = null;
        foreach (var x in Unstack(input(sequence), axis: 1))
        {
            var gates = h is null ? x : x + hidden(h);
            var (i, f, o, g) = Split(gates, parts: 4);
            c = c is null ? Sigmoid(i) * Tanh(g) : Sigmoid(f) * c + Sigmoid(i) * Tanh(g);
            h = Sigmoid(o) * Tanh(c);
        }

        return h! | Dense(10, name: "scores");
    }

    static Tensor Loss(Tensor scores, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label);

    static Tensor Metrics(Tensor scores, [Shape(Batch)] Labels label) => Accuracy(scores, label);
}
