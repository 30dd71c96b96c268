using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>A kernel in the making.</summary>
/// <param name="first">The anchor or the producer.</param>
/// <param name="index">Its place in the order.</param>
/// <param name="firstHalf">It belongs to what is run first: the prediction, or the forward half of training.</param>
sealed class KernelDraft(Node first, int index, bool firstHalf)
{
    /// <summary>What a JIT can keep in registers, and a method small enough for it to optimise.</summary>
    const int MostNodes = 32;

    KernelDraft? merged;

    public List<Node> Nodes { get; } = [first];

    public bool FirstHalf { get; } = firstHalf;

    public bool IsMerged => merged is not null;

    public bool IsElementwise => Nodes[0].Operator.Class == OperatorClass.Elementwise;

    /// <summary>The kernel that does its work now.</summary>
    public KernelDraft Current => merged?.Current ?? this;

    public int Index => merged?.Index ?? index;

    /// <summary>The values it reads from memory.</summary>
    public IEnumerable<int> Reads => Nodes.SelectMany(static n => n.Operands).Where(o => o >= 0 && !Computes(o)).Distinct();

    public bool Computes(int value) => Nodes.Any(n => n.Result == value);

    /// <summary>Elementwise equations of this type can run here, each on the element that is in registers.</summary>
    public bool Takes(TensorType type, int nodes, bool firstHalf) =>
        FirstHalf == firstHalf
        && HasElements(Nodes[0])
        && Nodes[0].Type.Batched == type.Batched
        && Nodes[0].Type.Count == type.Count
        && Nodes[0].Type.Storage == type.Storage
        && Nodes.Count + nodes <= MostNodes;

    /// <summary>Takes over the work of an earlier elementwise kernel.</summary>
    public void Merge(KernelDraft earlier)
    {
        Nodes.InsertRange(IsElementwise ? 0 : 1, earlier.Nodes);
        earlier.merged = this;
    }

    /// <summary>Each element of the result is in a register once, and nothing is summed over samples.</summary>
    static bool HasElements(Node node) => node.Operator.Class switch
    {
        OperatorClass.Anchor => node.Type.Batched,
        OperatorClass.Injective or OperatorClass.Elementwise => node.Member.Form is MemberForm.Element or MemberForm.Scalar,
        _ => false,
    };
}
