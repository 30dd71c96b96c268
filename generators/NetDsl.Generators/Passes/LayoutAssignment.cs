using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>
/// For a program whose samples lie one after the other: decides for each value whether it is row-major or in channel blocks, and writes the conversions, each
/// once. Convolutions and what works on channels alone want blocks, dense layers and what joins channels want rows, the rest takes what it gets.
/// </summary>
sealed class LayoutAssignment
{
    readonly Graph graph;
    readonly Dictionary<int, TensorType> types = [];
    readonly Dictionary<(int Value, Storage Storage), int> converted = [];
    readonly List<Node> nodes = [];
    int next;

    LayoutAssignment(Graph graph)
    {
        this.graph = graph;
        next = graph.NextValue;
    }

    public static Graph Run(Graph graph) => new LayoutAssignment(graph).Assign();

    Graph Assign()
    {
        var inputs = graph.Inputs.Select(static i => i with { Type = With(i.Type, Storage.Rows) }).ToEquatableArray();
        foreach (var input in inputs) { types[input.Value] = input.Type; }
        foreach (var parameter in graph.Parameters) { types[parameter.Value] = parameter.Type; }

        // What leaves is row-major, and converted at once, so that a prediction can stop behind it.
        var outputs = new HashSet<int>(graph.Results.Where(static r => r.Kind == ResultKind.Output).Select(static r => r.Value));
        foreach (var node in graph.Nodes)
        {
            Add(node);
            if (outputs.Contains(node.Result))
            {
                As(node.Result, Storage.Rows, node.Name);
            }
        }

        var results = graph.Results.Select(r => r.Kind == ResultKind.Output ? r with { Value = As(r.Value, Storage.Rows, r.Name) } : r).ToEquatableArray();
        return graph with { Inputs = inputs, Nodes = nodes.ToEquatableArray(), Results = results };
    }

    void Add(Node node)
    {
        var storage = Wanted(node);
        var operands = node.Operands.Select((o, i) => o >= 0 && types[o].Batched && !StaysInRows(node, i) ? As(o, storage, node.Name) : o).ToEquatableArray();
        node = node with { Operands = operands, Type = With(node.Type, storage) };
        types[node.Result] = node.Type;
        nodes.Add(node);
    }

    /// <summary>A convolution of few channels reads them as they come: in blocks they would take several times the memory.</summary>
    bool StaysInRows(Node node, int operand) =>
        node.Operator.Anchor == AnchorKind.Convolution
        && node.Member.Reads[operand] == "x"
        && types[node.Operands[operand]].Storage == Storage.Rows
        && ConvolutionGeometry.IsOf(node)
        && ConvolutionGeometry.Of(node).TakesRows;

    /// <summary>The value in this storage.</summary>
    int As(int value, Storage storage, string layer)
    {
        var type = types[value];
        if (!type.Batched || type.Storage == storage)
        {
            return value;
        }

        if (!converted.TryGetValue((value, storage), out var result))
        {
            converted[(value, storage)] = result = next++;
            // And back again is where it was.
            converted[(result, type.Storage)] = value;
            types[result] = With(type, storage);
            nodes.Add(Movements.Layout(result, value, types[result], layer));
        }

        return result;
    }

    Storage Wanted(Node node) => node.Operator.Class switch
    {
        OperatorClass.Anchor => node.Operator.Anchor is AnchorKind.Convolution or AnchorKind.TransposedConvolution ? Storage.Blocks : Storage.Rows,
        OperatorClass.Elementwise => AnyInBlocks(node) ? Storage.Blocks : Storage.Rows,
        OperatorClass.Movement => AnyInBlocks(node) && KeepsBlocks(node) ? Storage.Blocks : Storage.Rows,
        OperatorClass.BatchReduction => Storage.Rows,
        _ => Vectorizations.Of(node, v => types[v]) is Vectorization.Channels or Vectorization.Neighbours ? Storage.Blocks : Storage.Rows,
    };

    bool AnyInBlocks(Node node) => node.Operands.Any(o => o >= 0 && types[o].Storage == Storage.Blocks);

    /// <summary>Whole blocks are moved, or whole vectors within them.</summary>
    bool KeepsBlocks(Node node) => node.Operator.Movement switch
    {
        MovementKind.Reshape => node.Type.Sizes.Count > 0 && types[node.Operands[0]].Sizes[0] == node.Type.Sizes[0],
        MovementKind.Slice => node.Integer("axis") > 0 || (node.Size("start") % TensorType.BlockSize).Is(0),
        _ => node.Integer("axis") > 0 || node.Operands.Take(node.Operands.Count - 1).All(o => (types[o].Sizes[0] % TensorType.BlockSize).Is(0)),
    };

    static TensorType With(TensorType type, Storage storage) => type.Batched ? type with { Storage = storage } : type;
}
