using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>What a prediction does about a weight.</summary>
enum WeightStore
{
    /// <summary>It reads the weight as it is.</summary>
    None,

    /// <summary>It keeps the weight in the order of the library's tiles, and reads it only when it has changed.</summary>
    Packed,

    /// <summary>The same, in 16 bits.</summary>
    Halved,
}

/// <summary>Chooses what a prediction on a processor keeps of weights.</summary>
static class WeightPacking
{
    /// <summary>Weights up to this many are kept packed for dense layers: more would cost memory and, read once a prediction from there as well, gain nothing, unless they are halved.</summary>
    const long MostOfProduct = 1 << 20;

    public static bool Keeps(Node node, int operand, TensorType type, Graph graph, ProgramMode mode, Layout layout) => Of(node, operand, type, graph, mode, layout) != WeightStore.None;

    /// <param name="node">What reads the weight.</param>
    /// <param name="operand">The weight, or another of its operands.</param>
    /// <param name="type">Its type.</param>
    /// <param name="graph">The network.</param>
    /// <param name="mode">The mode of the program.</param>
    /// <param name="layout">Its layout.</param>
    public static WeightStore Of(Node node, int operand, TensorType type, Graph graph, ProgramMode mode, Layout layout)
    {
        var isWeight = mode == ProgramMode.Predict
            && layout == Layout.Channels
            && node.Member.IsForward
            && node.Member.Reads.ToList().IndexOf("weight") is >= 0 and var weight
            && node.Operands[weight] == operand;
        return !isWeight ? WeightStore.None : node.Operator.Anchor switch
        {
            AnchorKind.Convolution or AnchorKind.TransposedConvolution => ConvolutionGeometry.IsOf(node) && ConvolutionGeometry.Of(node).IsForColumns ? WeightStore.None : WeightStore.Packed,
            AnchorKind.MatrixProduct => OfProduct(type, graph),
            AnchorKind.RowProduct when LayoutChoice.HasPlainRows(node) => OfProduct(type, graph),
            _ => WeightStore.None,
        };
    }

    static WeightStore OfProduct(TensorType type, Graph graph) =>
        type.Count.Value <= MostOfProduct ? WeightStore.Packed : graph.HalvesWeights ? WeightStore.Halved : WeightStore.None;
}
