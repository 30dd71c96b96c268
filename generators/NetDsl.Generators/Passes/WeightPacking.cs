using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>What a prediction does about a weight.</summary>
enum WeightStore
{
    /// <summary>It reads the weight as it is.</summary>
    None,

    /// <summary>It keeps the weight in the order of the library's tiles, and reads it only when it has changed.</summary>
    Packed,

    /// <summary>The same, for Winograd's inner products.</summary>
    Paired,

    /// <summary>The same, in 16 bits.</summary>
    Halved,
}

/// <summary>Chooses what a prediction on a processor keeps of weights.</summary>
static class WeightPacking
{
    /// <summary>Weights up to this many are kept packed for dense layers: more would cost memory and, read once a prediction from there as well, gain nothing, unless they are halved.</summary>
    const long MostOfProduct = 1 << 20;

    /// <summary>Weights up to this many are read often enough from a near cache for arithmetic to be what takes the time.</summary>
    const int MostPaired = 1 << 18;

    /// <summary>Units from which it pays to scale a vector for them.</summary>
    const int LeastUnits = 64;

    /// <summary>Inputs up to which the scaled vectors lie in a near cache, too.</summary>
    const int MostInputs = 1024;

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
            AnchorKind.MatrixProduct => OfProduct(type, graph, many: graph.Nodes.Count(n => n.Member.IsForward && n.Operands.Contains(operand)) > 1),
            AnchorKind.RowProduct when LayoutChoice.HasPlainRows(node) => OfProduct(type, graph, many: true),
            _ => WeightStore.None,
        };
    }

    /// <param name="type">Of the weight.</param>
    /// <param name="graph">The network.</param>
    /// <param name="many">A sample multiplies the weight by several vectors: by rows, or by the steps of a recurrence. Products of one vector take as long as reading the weight.</param>
    static WeightStore OfProduct(TensorType type, Graph graph, bool many)
    {
        var weights = type.Count.Value;
        if (weights > MostOfProduct)
        {
            return graph.HalvesWeights ? WeightStore.Halved : WeightStore.None;
        }

        var units = type.Sizes[0].Value;
        return many && graph.Algorithms != "Exact" && weights <= MostPaired && units >= LeastUnits && weights / units <= MostInputs
            ? WeightStore.Paired
            : WeightStore.Packed;
    }
}
