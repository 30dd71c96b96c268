using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class Nin
{
    /// <summary>AlexNet's settings; the published solver is not known to us. 59.36 % top-1 on ImageNet is published.</summary>
    public static Recipe Recipe => new()
    {
        Batch = 64,
        Iterations = 450_000,
        Mean = [123, 117, 104],
        Scale = 1,
        Mirror = true,
        Solver = new Sgd { LearningRate = LearningRatePolicy.Step(0.01, gamma: 0.1, 100_000), Momentum = 0.9, WeightDecay = 5e-4 },
    };
}
