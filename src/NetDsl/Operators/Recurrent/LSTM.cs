namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// A long short-term memory over a sequence, [N, T, …] to the hidden states [N, T, units] (Hochreiter and Schmidhuber 1997; Caffe's LSTM). With σ the sigmoid, in Caffe's order of the
    /// gates: (i, f, o) = σ, g = tanh of weight · x + hidden weight · c h′ + bias; cell = c f cell′ + i g; h = o tanh(cell). Primes are of the step before, c is the
    /// continuation. The first step begins with zeros; nothing is carried from one batch to the next.
    /// </summary>
    /// <remarks>
    /// Caffe's sequences are time-major, [T, N, …], its indicators [T, N]: turn both round to [N, T, …]. Its weights W_xc, b_c, W_xc_static and W_hc are
    /// <c>input.weight</c>, <c>input.bias</c>, <c>constant.weight</c> and <c>hidden.weight</c>, as they lie. Caffe's hidden state goes on in the next batch where the first indicator is 1; here it is as if that were 0.
    /// </remarks>
    /// <param name="units">Hidden units.</param>
    /// <param name="continuation">[N, T]: 0 where a new sequence begins, else 1. Multiplies the hidden state and the cell of the step before. No gradient.</param>
    /// <param name="constant">[N, …]: an input that is the same in every step, such as the features of an image; Caffe's <c>x_static</c>.</param>
    /// <param name="name">The layer's name.</param>
    [Block]
    public static Layer LSTM(int units, Tensor? continuation = null, Tensor? constant = null, string? name = null) => x =>
    {
        RequirePositive(units, nameof(units), "units");
        var gates = Reshape(StepInputs(x, 4 * units, constant, name), [x.Shape[1], 4, units]);
        var states = continuation is null ? LstmStates(gates, Part(name, "hidden")) : LstmStates(gates, continuation, Part(name, "hidden"));
        return Reshape(Slice(states, 6, 1), [x.Shape[1], units]);
    };

    /// <summary>What the inputs of a recurrence add to its gates: [N, T, …] to [N, T, units].</summary>
    /// <param name="x">The sequence.</param>
    /// <param name="units">Gates times hidden units.</param>
    /// <param name="constant">An input that is the same in every step.</param>
    /// <param name="name">The recurrence's name.</param>
    [Block]
    public static Tensor StepInputs(Tensor x, int units, Tensor? constant, string? name)
    {
        var gates = x | Dense(units, axis: 2, name: Part(name, "input"));
        return constant is null ? gates : AddToSteps(gates, constant | Dense(units, bias: false, name: Part(name, "constant")));
    }

    /// <summary>The name of a part of a layer, if the layer has one.</summary>
    [Block]
    public static string? Part(string? name, string part) => name is null ? null : name + "." + part;

    /// <summary>
    /// Steps through an LSTM whose inputs have been multiplied: gates [N, T, 4, U], in the order i, f, o, g, to states [N, 7, T, U]: the hidden states as the next step takes
    /// them, then i, f, o, g after their functions, the cell, and the hidden states.
    /// </summary>
    /// <param name="gates">What the inputs and biases add to the gates.</param>
    /// <param name="name">The layer's name.</param>
    [Operator(
        "[N, Time, G, U] -> [N, P = 7, Time, U]", Kernel = typeof(LstmKernel), Sequence = "Time", Anchor = Anchor.Recurrence, MultiplyAdds = "Time*4*U*U")]
    [Weight("weight", "[R = 4*U, K = U]", Initializer.Xavier)]
    [Requires("G == 4", "there are {G} gates; an LSTM has 4")]
    public static Tensor LstmStates(Tensor gates, string? name = null) => throw new NotExecutableException();

    /// <summary>The same, where sequences end and begin within a sample.</summary>
    /// <param name="gates">What the inputs and biases add to the gates.</param>
    /// <param name="continuation">[N, T]: 0 where a new sequence begins, else 1.</param>
    /// <param name="name">The layer's name.</param>
    [Operator(
        "[N, Time, G, U], [N, Time] -> [N, P = 7, Time, U]", Kernel = typeof(ContinuedLstmKernel), Sequence = "Time", Anchor = Anchor.Recurrence, MultiplyAdds = "Time*4*U*U")]
    [Weight("weight", "[R = 4*U, K = U]", Initializer.Xavier)]
    [Requires("G == 4", "there are {G} gates; an LSTM has 4")]
    public static Tensor LstmStates(Tensor gates, Tensor continuation, string? name = null) => throw new NotExecutableException();
}
