using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>Which weights a prediction on a processor reads only when they have changed: it keeps them in the order of the library's tiles.</summary>
static class WeightPacking
{
    /// <summary>Weights up to this many are kept packed for dense layers: more would cost memory and, read once a prediction, gain nothing.</summary>
    const long MostOfProduct = 1 << 20;

    /// <param name="node">What reads the weight.</param>
    /// <param name="operand">The weight, or another of its operands.</param>
    /// <param name="type">Its type.</param>
    /// <param name="mode">The mode of the program.</param>
    /// <param name="layout">Its layout.</param>
    public static bool Keeps(Node node, int operand, TensorType type, ProgramMode mode, Layout layout) =>
        mode == ProgramMode.Predict
        && layout == Layout.Channels
        && node.Member.IsForward
        && node.Member.Reads.ToList().IndexOf("weight") is >= 0 and var weight
        && node.Operands[weight] == operand
        && node.Operator.Anchor switch
        {
            AnchorKind.Convolution or AnchorKind.TransposedConvolution => true,
            AnchorKind.MatrixProduct => type.Count.Value <= MostOfProduct,
            AnchorKind.RowProduct => type.Count.Value <= MostOfProduct && LayoutChoice.HasPlainRows(node),
            _ => false,
        };
}
