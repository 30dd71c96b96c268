using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>
/// Which values are views of the memory of others, so that no kernel has to move them: a reshape always is one, a slice where it is one run of
/// memory, and an operand of a concat where the concat's memory is free to be written by the operand's kernel.
/// </summary>
sealed class Views
{
    readonly Dictionary<int, Node> nodes = [];
    readonly Dictionary<int, TensorType> types = [];
    readonly Dictionary<int, (int Parent, Size Offset)> parents = [];

    Views() { }

    public static Views Of(Graph graph)
    {
        var views = new Views();
        foreach (var input in graph.Inputs) { views.types[input.Value] = input.Type; }
        foreach (var parameter in graph.Parameters) { views.types[parameter.Value] = parameter.Type; }
        foreach (var node in graph.Nodes)
        {
            views.nodes[node.Result] = node;
            views.types[node.Result] = node.Type;
        }

        foreach (var node in graph.Nodes)
        {
            views.ViewOperand(node);
        }

        var pinned = new HashSet<int>(graph.Results.Where(static r => r.Kind == ResultKind.Gradient).Select(r => views.Root(r.Value)));
        foreach (var node in graph.Nodes.Where(static n => n.Is(MovementKind.Concat)))
        {
            views.PlaceOperands(node, pinned);
        }

        return views;
    }

    /// <summary>The value whose memory this is a part of, or -1.</summary>
    public int Parent(int value) => parents.TryGetValue(value, out var view) ? view.Parent : -1;

    /// <summary>The value that has memory of its own and holds this one.</summary>
    public int Root(int value) => parents.TryGetValue(value, out var view) ? Root(view.Parent) : value;

    /// <summary>Where a value begins within its root, in floats.</summary>
    public Size Offset(int value) => parents.TryGetValue(value, out var view) ? view.Offset + Offset(view.Parent) : 0;

    /// <summary>It fills its root.</summary>
    public bool IsWhole(int value) => types[value].Count == types[Root(value)].Count;

    /// <summary>A movement for which nothing has to be copied.</summary>
    public bool IsFree(Node node) => node.Operator.Movement switch
    {
        MovementKind.Reshape => true,
        MovementKind.Layout => node.Type.Positions.Is(1),
        MovementKind.Slice => Movements.IsContiguous(node.Type, node.Integer("axis")),
        MovementKind.Concat => Enumerable.Range(0, node.Operands.Count).All(i => IsInPlace(node, i)),
        _ => false,
    };

    /// <summary>An operand of a concat lies where the concat has it.</summary>
    public bool IsInPlace(Node concat, int operand)
    {
        var offset = (Size)0;
        for (var i = 0; i < operand; i++)
        {
            offset += types[concat.Operands[i]].MemoryCount;
        }

        return Root(concat.Operands[operand]) == Root(concat.Result) && Offset(concat.Operands[operand]) == Offset(concat.Result) + offset;
    }

    void ViewOperand(Node node)
    {
        if (!node.Is(MovementKind.Concat) && IsFree(node))
        {
            var offset = node.Is(MovementKind.Slice) ? node.Size("start") * Movements.Stride(node.Type, node.Integer("axis")) : 0;
            parents[node.Result] = (node.Operands[0], offset);
        }
    }

    /// <summary>Lets the operands be computed where the concat has them, unless their memory is spoken for.</summary>
    void PlaceOperands(Node node, HashSet<int> pinned)
    {
        // Vectors are written whole: what follows a value that does not fill its last one would be overwritten.
        if (!Movements.IsContiguous(node.Type, node.Integer("axis")) || node.Operands.Take(node.Operands.Count - 1).Any(o => types[o].MemoryCount != types[o].Count))
        {
            return;
        }

        var offset = (Size)0;
        foreach (var operand in node.Operands)
        {
            var root = Root(operand);
            if (root != node.Result && nodes.ContainsKey(root) && IsWhole(operand) && !pinned.Contains(root))
            {
                parents[root] = (node.Result, offset);
            }

            offset += types[operand].MemoryCount;
        }
    }
}
