using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class DeepLabAspp
{
    /// <summary>DeepLab v2's solver, which starts from VGG-16's weights.</summary>
    public static Recipe Recipe => new()
    {
        Batch = 10,
        Iterations = 20_000,
        Mean = [123, 117, 104],
        Scale = 1,
        Mirror = true,
        Solver = new Sgd { LearningRate = LearningRatePolicy.Poly(0.001, power: 0.9, iterations: 20_000), Momentum = 0.9, WeightDecay = 5e-4 },
    };
}
