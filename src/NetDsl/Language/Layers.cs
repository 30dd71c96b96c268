namespace NetDsl;

/// <summary>
/// The operators of the language: one file each in <c>Operators/</c>, <c>Losses/</c> and <c>Metrics/</c>. A project that uses the
/// package has them in scope (<c>global using static NetDsl.Layers</c>).
/// </summary>
public static partial class Layers
{
    /// <summary>In a <see cref="ShapeAttribute"/>: the batch axis, free until an instance of the network is made.</summary>
    public const int Batch = -1;

    /// <summary>
    /// In a <see cref="ShapeAttribute"/>, for both of the last two axes: a height and a width that are free until an instance of the network is made. Inputs that have them have the same.
    /// </summary>
    public const int Any = -2;

    /// <summary>Applies <paramref name="layer"/> without training it: no backward or update code is compiled for its weights.</summary>
    public static Layer Freeze(Layer layer) => throw new NotExecutableException();

    /// <summary>Caffe's <c>lr_mult</c> and <c>decay_mult</c>: multiplies the learning rate and the weight decay of a layer's weights and biases.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="weight">Multiplier of the learning rate for every parameter but biases.</param>
    /// <param name="bias">Multiplier of the learning rate for biases.</param>
    /// <param name="weightDecay">Multiplier of the weight decay for every parameter but biases.</param>
    /// <param name="biasDecay">Multiplier of the weight decay for biases.</param>
    public static Layer LearningRate(Layer layer, float weight = 1, float bias = 1, float weightDecay = 1, float biasDecay = 1) => throw new NotExecutableException();

    /// <summary>
    /// Starts the parameters of a layer in another way than its operator declares: Caffe's <c>weight_filler</c> and <c>bias_filler</c>. Given to a block, it holds for
    /// every layer inside that has none of its own and whose weights are drawn at random; a parameter with a fixed start, such as the scale of a normalisation
    /// or the slope of a PReLU, changes only where its own layer is given.
    /// </summary>
    /// <param name="layer">The layer or block.</param>
    /// <param name="weight">How parameters other than biases start; as declared unless given.</param>
    /// <param name="bias">How biases start; as declared unless given.</param>
    public static Layer Fill(Layer layer, Filler? weight = null, Filler? bias = null) => throw new NotExecutableException();
}
