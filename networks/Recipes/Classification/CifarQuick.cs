using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class CifarQuick
{
    /// <summary>Caffe's two <c>cifar10_quick_solver</c> files as one policy; Caffe subtracts the mean image, this the mean of each channel.</summary>
    public static Recipe Recipe => new()
    {
        Batch = 100,
        Iterations = 5_000,
        Mean = [125.3f, 123.0f, 113.9f],
        Scale = 1,
        Solver = new Sgd { LearningRate = LearningRatePolicy.Multistep(0.001, gamma: 0.1, 4_000), Momentum = 0.9, WeightDecay = 0.004 },
    };
}
