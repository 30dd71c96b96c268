using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class Fcn32s
{
    /// <summary>The authors' solver, which starts from VGG-16's weights and sums the loss over the pixels: 63.6 % mean IoU on VOC 2011.</summary>
    public static Recipe Recipe => new()
    {
        Batch = 1,
        Iterations = 100_000,
        Mean = [123, 117, 104],
        Scale = 1,
        Solver = new Sgd { LearningRate = 1e-10, Momentum = 0.99, WeightDecay = 5e-4 },
    };
}
