using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class SppNet
{
    /// <summary>AlexNet's settings, as the paper follows them.</summary>
    public static Recipe Recipe => new()
    {
        Batch = 128,
        Iterations = 450_000,
        Mean = [123, 117, 104],
        Scale = 1,
        Mirror = true,
        Solver = new Sgd { LearningRate = LearningRatePolicy.Step(0.01, gamma: 0.1, 100_000), Momentum = 0.9, WeightDecay = 5e-4 },
    };
}
