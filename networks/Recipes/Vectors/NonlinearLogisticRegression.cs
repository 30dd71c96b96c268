using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class NonlinearLogisticRegression
{
    /// <summary>Caffe's solver of <c>examples/hdf5_classification</c>.</summary>
    public static Recipe Recipe => new()
    {
        Batch = 10,
        Iterations = 10_000,
        Scale = 1,
        Solver = new Sgd { LearningRate = LearningRatePolicy.Step(0.01, gamma: 0.1, 5_000), Momentum = 0.9, WeightDecay = 5e-4 },
    };
}
