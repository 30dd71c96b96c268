using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class Fcn8s
{
    /// <summary>The authors' solver, which starts from FCN-16s: 65.5 % mean IoU on VOC 2011.</summary>
    public static Recipe Recipe => new()
    {
        Batch = 1,
        Iterations = 100_000,
        Mean = [123, 117, 104],
        Scale = 1,
        Solver = new Sgd { LearningRate = 1e-14, Momentum = 0.99, WeightDecay = 5e-4 },
    };
}
