using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class SqueezeNet
{
    /// <summary>SqueezeNet's own solver: a rate that falls in a line, batches of 512 in sixteen parts.</summary>
    public static Recipe Recipe => new()
    {
        Batch = 32,
        Accumulate = 16,
        Iterations = 170_000,
        Mean = [123, 117, 104],
        Scale = 1,
        Mirror = true,
        Solver = new Sgd { LearningRate = LearningRatePolicy.Poly(0.04, power: 1, iterations: 170_000), Momentum = 0.9, WeightDecay = 2e-4 },
    };
}
