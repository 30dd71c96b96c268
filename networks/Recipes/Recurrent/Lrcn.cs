using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class Lrcn
{
    /// <summary>LRCN's solver. The images and captions are COCO's; CaffeNet's weights come first.</summary>
    public static Recipe Recipe => new()
    {
        Text = TextUnit.Words,
        Batch = 96,
        Iterations = 110_000,
        Mean = [123, 117, 104],
        Scale = 1,
        Mirror = true,
        Solver = new Sgd { LearningRate = LearningRatePolicy.Step(0.01, gamma: 0.5, 20_000), Momentum = 0.9, ClipNorm = 10 },
    };
}
