using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>Chooses the layout of a program from its graph alone, so that a build never depends on the machine it runs on.</summary>
static class LayoutChoice
{
    /// <summary>Floats of all values of one sample up to which sixteen samples of a layer still lie in the second-level cache.</summary>
    const long SmallNetwork = 60_000;

    /// <summary>Floats of the largest value of one sample up to which that holds at every moment, however many values there are.</summary>
    const long SmallOperator = 4_000;

    /// <summary>Rows of whole vectors: the library writes one after the other.</summary>
    public static bool HasPlainRows(Node product) => product.Type.Sizes[product.Type.Sizes.Count - 1] is var columns && (columns % TensorType.BlockSize).Is(0);

    /// <summary>What the network asks for, else what suits its size.</summary>
    public static (Layout Layout, string Reason) Of(Graph graph, ProgramMode mode)
    {
        if (graph.Layout.Length > 0)
        {
            return ((Layout)Enum.Parse(typeof(Layout), graph.Layout), "the network asks for it");
        }

        // Their kernels walk along a sequence with a sample in each lane. A product with rows does not walk, and where only forward is asked it has a plain form.
        if (graph.Nodes.Any(n => n.Operator.Anchor == AnchorKind.Recurrence || n.Member.Form == MemberForm.Scatter || n.Member.Step is not null
            || n.Operator.Anchor == AnchorKind.RowProduct && !(mode == ProgramMode.Predict && HasPlainRows(n))))
        {
            return (Layout.Samples, "sequences run with a sample in each lane");
        }

        if (mode == ProgramMode.Predict)
        {
            return (Layout.Channels, "a prediction of one sample must not cost as much as of sixteen");
        }

        var values = graph.Nodes.Where(static n => n.Type.Batched && n.Member.IsForward).ToList();
        var most = values.Where(static n => n.Operator.Class != OperatorClass.Movement).Select(static n => n.Type.Count.Value).DefaultIfEmpty(0).Max();
        if (most <= SmallOperator)
        {
            return (Layout.Samples, $"no operator makes more than {most} floats of a sample: sixteen samples side by side fit into the cache");
        }

        var floats = values.Sum(static n => n.Type.Count.Value);
        return floats <= SmallNetwork
            ? (Layout.Samples, $"{floats} floats a sample: sixteen samples side by side fit into the cache")
            : (Layout.Channels, $"{floats} floats a sample: sixteen samples side by side do not fit into the cache");
    }
}
