using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class ResNet18
{
    /// <summary>He et al. 2015, section 3.4: batches of 256 in eight parts, a tenth of the rate after each 150,000 iterations. Batch statistics are those of a part.</summary>
    public static Recipe Recipe => new()
    {
        Batch = 32,
        Accumulate = 8,
        Iterations = 600_000,
        Mean = [123, 117, 104],
        Scale = 1,
        Mirror = true,
        Solver = new Sgd { LearningRate = LearningRatePolicy.Multistep(0.1, gamma: 0.1, 150_000, 300_000, 450_000), Momentum = 0.9, WeightDecay = 1e-4 },
    };
}
