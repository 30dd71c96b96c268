using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class CaffeNet
{
    /// <summary>Caffe's <c>bvlc_reference_caffenet/solver.prototxt</c>: 57.4 % top-1 and 80.4 % top-5 on ImageNet.</summary>
    public static Recipe Recipe => new()
    {
        Batch = 256,
        Iterations = 450_000,
        Mean = [123, 117, 104],
        Scale = 1,
        Mirror = true,
        Solver = new Sgd { LearningRate = LearningRatePolicy.Step(0.01, gamma: 0.1, 100_000), Momentum = 0.9, WeightDecay = 5e-4 },
    };
}
