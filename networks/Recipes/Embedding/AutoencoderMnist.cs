using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class AutoencoderMnist
{
    /// <summary>Caffe's <c>mnist_autoencoder_solver.prototxt</c>.</summary>
    public static Recipe Recipe => new()
    {
        Batch = 100,
        Iterations = 65_000,
        Scale = 1 / 255f,
        Solver = new Sgd { LearningRate = LearningRatePolicy.Step(0.01, gamma: 0.1, 10_000), Momentum = 0.9, WeightDecay = 5e-4 },
    };
}
