using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>
/// Simplifies what is known while compiling: movements of movements become one, movements that move nothing and elementwise operators that
/// return an operand disappear. Equations left without a reader are for <see cref="DeadCodeElimination"/>.
/// </summary>
sealed class ConstantFolding
{
    readonly Substitution substitution = new();
    readonly Dictionary<int, Node> producers = [];
    readonly Dictionary<int, TensorType> types = [];
    readonly Dictionary<int, int> uses = [];
    readonly HashSet<int> inputs;

    public static Graph Run(Graph graph) => new ConstantFolding(graph).Fold(graph);

    ConstantFolding(Graph graph)
    {
        inputs = new(graph.Inputs.Select(static i => i.Value));
        foreach (var input in graph.Inputs) { types[input.Value] = input.Type; }
        foreach (var parameter in graph.Parameters) { types[parameter.Value] = parameter.Type; }
        foreach (var value in graph.Nodes.SelectMany(static n => n.Operands).Concat(graph.Results.Select(static r => r.Value)))
        {
            uses[value] = Uses(value) + 1;
        }
    }

    Graph Fold(Graph graph)
    {
        var nodes = new List<Node>();
        foreach (var original in graph.Nodes)
        {
            var node = Simplify(substitution.Apply(original));
            if (Identity(node) is { } operand)
            {
                substitution.Replace(node.Result, operand);
                uses[operand] = Uses(operand) + Uses(node.Result);
                continue;
            }

            producers[node.Result] = node;
            types[node.Result] = node.Type;
            nodes.Add(node);
        }

        return substitution.Apply(graph, nodes);
    }

    Node Simplify(Node node) => node.Operator.Movement switch
    {
        MovementKind.Reshape when Producer(node.Operands[0], MovementKind.Reshape) is { } inner =>
            Movements.Reshape(node.Result, inner.Operands[0], node.Type, node.Name),
        MovementKind.Slice => SimplifySlice(node),
        MovementKind.Concat => SimplifyConcat(node),
        _ => node,
    };

    /// <summary>A slice of a slice is a slice; one that lies within an operand of a concat is a slice of this operand.</summary>
    Node SimplifySlice(Node node)
    {
        var (axis, start, length) = (node.Integer("axis"), node.Size("start"), node.Size("length"));
        var operand = node.Operands[0];
        if (Producer(operand, MovementKind.Slice) is { } slice && slice.Integer("axis") == axis)
        {
            return Movements.Slice(node.Result, slice.Operands[0], node.Type, axis, start + slice.Size("start"), length, node.Name);
        }

        if (Producer(operand, MovementKind.Concat) is { } concat && concat.Integer("axis") == axis)
        {
            var begin = (Size)0;
            foreach (var part in concat.Operands)
            {
                var size = types[part].Sizes[axis];
                if (Size.IsNeverLess(start, begin) && Size.IsNeverLess(begin + size, start + length))
                {
                    return SimplifySlice(Movements.Slice(node.Result, part, node.Type, axis, start - begin, length, node.Name));
                }

                begin += size;
            }
        }

        return node;
    }

    /// <summary>
    /// The slices that make up a value are this value, and a concat that nothing else reads is merged into this one. (One that is read elsewhere stays: its
    /// operands can lie in both without a copy only if it lies in this one as a whole.)
    /// </summary>
    Node SimplifyConcat(Node node)
    {
        var axis = node.Integer("axis");
        var operands = new List<int>();
        foreach (var operand in node.Operands)
        {
            if (Producer(operand, MovementKind.Concat) is { } inner && inner.Integer("axis") == axis && Uses(operand) == 1)
            {
                operands.AddRange(inner.Operands);
            }
            else
            {
                operands.Add(operand);
            }
        }

        if (WholeOf(operands, axis) is { } whole && types[whole] == node.Type)
        {
            return Movements.Concat(node.Result, [whole], node.Type, axis, node.Name);
        }

        return operands.Count == node.Operands.Count ? node : Movements.Concat(node.Result, operands, node.Type, axis, node.Name);
    }

    /// <summary>The value whose slices, in order and without gaps, these operands are.</summary>
    int? WholeOf(List<int> operands, int axis)
    {
        var (next, whole) = ((Size)0, -1);
        foreach (var operand in operands)
        {
            if (Producer(operand, MovementKind.Slice) is not { } slice || slice.Integer("axis") != axis || slice.Size("start") != next
                || (whole >= 0 && slice.Operands[0] != whole))
            {
                return null;
            }

            whole = slice.Operands[0];
            next += slice.Size("length");
        }

        return whole;
    }

    /// <summary>The operand that this node returns unchanged.</summary>
    int? Identity(Node node)
    {
        if (node.Operator.Class == OperatorClass.Movement)
        {
            return node.Operands.Count == 1 && types[node.Operands[0]] == node.Type ? node.Operands[0] : null;
        }

        if (node.Operator.Class != OperatorClass.Elementwise)
        {
            return null;
        }

        var read = node.Member.Reads.ToList().IndexOf(node.Member.Expression);
        return read >= 0 && !StopsGradient(node, read) ? node.Operands[read] : null;
    }

    /// <summary>It declares no derivative by the operand that it returns: without it, a gradient would flow where none is to. None flows to inputs anyway.</summary>
    bool StopsGradient(Node node, int read) =>
        node.Member.IsForward && node.Operator.Member(node.Member.Reads[read]) is null && !inputs.Contains(node.Operands[read]);

    int Uses(int value) => uses.TryGetValue(value, out var count) ? count : 0;

    Node? Producer(int value, MovementKind kind) => producers.TryGetValue(value, out var node) && node.Is(kind) ? node : null;
}
