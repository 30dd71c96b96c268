using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class GoogLeNet
{
    /// <summary>Caffe's <c>bvlc_googlenet/quick_solver.prototxt</c>: 68.7 % top-1 and 88.9 % top-5 on ImageNet.</summary>
    public static Recipe Recipe => new()
    {
        Batch = 32,
        Iterations = 2_400_000,
        Mean = [123, 117, 104],
        Scale = 1,
        Mirror = true,
        Solver = new Sgd { LearningRate = LearningRatePolicy.Poly(0.01, power: 0.5, iterations: 2_400_000), Momentum = 0.9, WeightDecay = 2e-4 },
    };
}
