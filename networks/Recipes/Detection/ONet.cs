using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class ONet
{
    /// <summary>Ours: the paper gives no settings. Pixels lie in −1 … 1, as the published weights take them.</summary>
    public static Recipe Recipe => new()
    {
        Batch = 128,
        Iterations = 100_000,
        Mean = [127.5f],
        Scale = 1 / 128f,
        Solver = new Sgd { LearningRate = LearningRatePolicy.Step(0.01, gamma: 0.1, 40_000), Momentum = 0.9, WeightDecay = 5e-4 },
    };
}
