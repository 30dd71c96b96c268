using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class CifarFull
{
    /// <summary>Caffe's three <c>cifar10_full_solver</c> files as one policy; Caffe subtracts the mean image, this the mean of each channel. About 81 % of the test images.</summary>
    public static Recipe Recipe => new()
    {
        Batch = 100,
        Iterations = 70_000,
        Mean = [125.3f, 123.0f, 113.9f],
        Scale = 1,
        Solver = new Sgd { LearningRate = LearningRatePolicy.Multistep(0.001, gamma: 0.1, 60_000, 65_000), Momentum = 0.9, WeightDecay = 0.004 },
    };
}
