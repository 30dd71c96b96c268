using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class LstmClassifier
{
    /// <summary>Plain descent with clipped gradients, as LRCN's solvers clip them.</summary>
    public static Recipe Recipe => new()
    {
        Batch = 32,
        Iterations = 2_000,
        Solver = new Sgd { LearningRate = 0.1, Momentum = 0.9, WeightDecay = 0, ClipNorm = 5 },
    };
}
