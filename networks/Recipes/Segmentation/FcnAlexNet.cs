using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class FcnAlexNet
{
    /// <summary>The authors' solver, which starts from CaffeNet's weights: 48.0 % mean IoU on VOC 2011.</summary>
    public static Recipe Recipe => new()
    {
        Batch = 1,
        Accumulate = 20,
        Iterations = 100_000,
        Mean = [123, 117, 104],
        Scale = 1,
        Solver = new Sgd { LearningRate = 1e-4, Momentum = 0.9, WeightDecay = 5e-4 },
    };
}
