using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class Fcn16s
{
    /// <summary>The authors' solver, which starts from FCN-32s: 65.0 % mean IoU on VOC 2011.</summary>
    public static Recipe Recipe => new()
    {
        Batch = 1,
        Iterations = 100_000,
        Mean = [123, 117, 104],
        Scale = 1,
        Solver = new Sgd { LearningRate = 1e-12, Momentum = 0.99, WeightDecay = 5e-4 },
    };
}
