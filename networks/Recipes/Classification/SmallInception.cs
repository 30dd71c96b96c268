using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class SmallInception
{
    /// <summary>GoogLeNet's polynomial decay (Caffe's <c>quick_solver</c>), at the length of a small data set.</summary>
    public static Recipe Recipe => new()
    {
        Batch = 64,
        Iterations = 4_000,
        Solver = new Sgd { LearningRate = LearningRatePolicy.Poly(0.01, power: 0.5, iterations: 4_000), Momentum = 0.9, WeightDecay = 2e-4 },
    };
}
