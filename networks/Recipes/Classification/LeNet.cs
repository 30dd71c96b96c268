using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class LeNet
{
    /// <summary>Caffe's <c>lenet_solver.prototxt</c>: 99 % of the MNIST test digits in 10,000 iterations.</summary>
    public static Recipe Recipe => new()
    {
        Batch = 64,
        Iterations = 10_000,
        Solver = new Sgd { LearningRate = LearningRatePolicy.Inv(0.01, gamma: 1e-4, power: 0.75), Momentum = 0.9, WeightDecay = 5e-4 },
    };
}
