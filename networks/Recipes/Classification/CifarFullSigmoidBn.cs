using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class CifarFullSigmoidBn
{
    /// <summary>Caffe's <c>cifar10_full_sigmoid_solver_bn</c>: one rate throughout, no decay. Caffe subtracts the mean image, this the mean of each channel.</summary>
    public static Recipe Recipe => new()
    {
        Batch = 100,
        Iterations = 60_000,
        Mean = [125.3f, 123.0f, 113.9f],
        Scale = 1,
        Solver = new Sgd { LearningRate = 0.001, Momentum = 0.9 },
    };
}
