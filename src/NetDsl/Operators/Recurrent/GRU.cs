namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// A gated recurrent unit over a sequence, [N, T, …] to the hidden states [N, T, units] (Cho et al. 2014), in the form of cuDNN and PyTorch, whose order of gates it has: with σ the
    /// sigmoid, r and z = σ(weight · x + bias + hidden weight · c h′), n = tanh(weight · x + bias + r (hidden weight · c h′ + hidden bias)), h = (1 − z) n + z c h′. The prime is of
    /// the step before, c the continuation. The first step begins with zeros; nothing is carried from one batch to the next. Caffe has no GRU.
    /// </summary>
    /// <param name="units">Hidden units.</param>
    /// <param name="continuation">[N, T]: 0 where a new sequence begins, else 1. Multiplies the hidden state of the step before. No gradient.</param>
    /// <param name="constant">[N, …]: an input that is the same in every step.</param>
    /// <param name="name">The layer's name.</param>
    [Block]
    public static Layer GRU(int units, Tensor? continuation = null, Tensor? constant = null, string? name = null) => x =>
    {
        RequirePositive(units, nameof(units), "units");
        var gates = Reshape(StepInputs(x, 3 * units, constant, name), [x.Shape[1], 3, units]);
        var states = continuation is null ? GruStates(gates, Part(name, "hidden")) : GruStates(gates, continuation, Part(name, "hidden"));
        return Reshape(Slice(states, 5, 1), [x.Shape[1], units]);
    };

    /// <summary>
    /// Steps through a GRU whose inputs have been multiplied: gates [N, T, 3, U], in the order r, z, n, to states [N, 6, T, U]: the hidden states as the next step takes them, r and z
    /// after the sigmoid, what r multiplies, n, and the hidden states.
    /// </summary>
    /// <param name="gates">What the inputs and biases add to the gates.</param>
    /// <param name="name">The layer's name.</param>
    [Operator("[N, Time, G, U] -> [N, P = 6, Time, U]", Kernel = typeof(GruKernel), Sequence = "Time", MultiplyAdds = "Time*3*U*U")]
    [Weight("weight", "[R = 3*U, K = U]", Initializer.Xavier)]
    [Weight("bias", "[K = U]", Initializer.Zeros)]
    [Requires("G == 3", "there are {G} gates; a GRU has 3")]
    public static Tensor GruStates(Tensor gates, string? name = null) => throw new NotExecutableException();

    /// <summary>The same, where sequences end and begin within a sample.</summary>
    /// <param name="gates">What the inputs and biases add to the gates.</param>
    /// <param name="continuation">[N, T]: 0 where a new sequence begins, else 1.</param>
    /// <param name="name">The layer's name.</param>
    [Operator("[N, Time, G, U], [N, Time] -> [N, P = 6, Time, U]", Kernel = typeof(ContinuedGruKernel), Sequence = "Time", MultiplyAdds = "Time*3*U*U")]
    [Weight("weight", "[R = 3*U, K = U]", Initializer.Xavier)]
    [Weight("bias", "[K = U]", Initializer.Zeros)]
    [Requires("G == 3", "there are {G} gates; a GRU has 3")]
    public static Tensor GruStates(Tensor gates, Tensor continuation, string? name = null) => throw new NotExecutableException();
}
