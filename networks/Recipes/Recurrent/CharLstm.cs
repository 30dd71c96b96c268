using NetDsl.Solvers;

namespace NetDsl.Networks;

public partial class CharLstm
{
    /// <summary>As char-rnn trains on tinyshakespeare (Karpathy 2015), with Adam instead of RMSProp. Give it a text: <c>--data FILE</c>.</summary>
    public static Recipe Recipe => new()
    {
        Batch = 48,
        Iterations = 4_000,
        Solver = new Adam { LearningRate = 0.002, ClipNorm = 5 },
    };
}
