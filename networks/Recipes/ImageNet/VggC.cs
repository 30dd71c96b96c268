using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class VggC
{
    /// <summary>The paper's: the rate falls three times, 370,000 iterations; 28.1 % top-1 and 9.4 % top-5 error on ImageNet at one scale (table 3). The deeper ones started from A's weights.</summary>
    public static Recipe Recipe => new()
    {
        Batch = 256,
        Iterations = 370_000,
        Mean = [123, 117, 104],
        Scale = 1,
        Mirror = true,
        Solver = new Sgd { LearningRate = LearningRatePolicy.Step(0.01, gamma: 0.1, 100_000), Momentum = 0.9, WeightDecay = 5e-4 },
    };
}
