using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class UNet
{
    /// <summary>The paper's batch of one image and momentum of 0.99; the rate is ours.</summary>
    public static Recipe Recipe => new()
    {
        Batch = 1,
        Iterations = 20_000,
        Scale = 1 / 255f,
        Solver = new Sgd { LearningRate = 1e-3, Momentum = 0.99, WeightDecay = 0 },
    };
}
