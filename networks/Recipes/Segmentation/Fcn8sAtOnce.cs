using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class Fcn8sAtOnce
{
    /// <summary>The authors' solver, which starts from VGG-16's weights: 65.4 % mean IoU on VOC 2011.</summary>
    public static Recipe Recipe => new()
    {
        Batch = 1,
        Iterations = 300_000,
        Mean = [123, 117, 104],
        Scale = 1,
        Solver = new Sgd { LearningRate = 1e-10, Momentum = 0.99, WeightDecay = 5e-4 },
    };
}
