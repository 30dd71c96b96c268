using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class LstmLanguageModel
{
    /// <summary>The solver of LRCN's language model. Give it a text: <c>--data FILE</c>.</summary>
    public static Recipe Recipe => new()
    {
        Text = TextUnit.Words,
        Batch = 96,
        Iterations = 110_000,
        Solver = new Sgd { LearningRate = LearningRatePolicy.Step(0.1, gamma: 0.5, 20_000), Momentum = 0.9, ClipNorm = 10 },
    };
}
