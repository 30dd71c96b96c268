using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>
/// Reverse-mode differentiation, graph to graph: appends the equations of the gradients by all parameters that are not frozen, and makes them results.
/// </summary>
/// <remarks>
/// Equations are walked backwards from the loss. Where a value has several readers, or a weight is shared, what they contribute is added as it
/// arrives, always in the order of the walk, so that the sum's bits do not depend on anything else and few addends live at once. Contributions
/// of slices wait until all are known: together they are one concat, however many time steps they come from. A gradient flows only through operands whose operator
/// declares one, and only to where a trained parameter is.
/// </remarks>
sealed class Gradient
{
    readonly Graph graph;
    readonly List<Node> nodes = [];
    readonly Dictionary<int, TensorType> types = [];
    readonly Dictionary<int, string> names = [];
    readonly HashSet<int> parameters = [];

    /// <summary>The values that depend on a parameter that is trained.</summary>
    readonly HashSet<int> trained = [];
    readonly Dictionary<int, int> gradients = [];
    readonly Dictionary<int, SliceGradients> slices = [];
    int nextValue;

    public static Graph Run(Graph graph) => new Gradient(graph).Build();

    /// <summary>A gradient of the loss reaches a parameter.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="barrier">The first operator without a gradient that the parameters come to, if there is one.</param>
    public static bool Reaches(Graph graph, out Node? barrier)
    {
        var gradient = new Gradient(graph);
        barrier = graph.Nodes.FirstOrDefault(node => !gradient.trained.Contains(node.Result) && node.Operands.Any(gradient.trained.Contains));
        return gradient.trained.Contains(graph.Results.First(static r => r.Kind == ResultKind.Loss).Value);
    }

    Gradient(Graph graph)
    {
        this.graph = graph;
        nextValue = graph.NextValue;
        foreach (var input in graph.Inputs)
        {
            types[input.Value] = input.Type;
        }

        foreach (var parameter in graph.Parameters)
        {
            types[parameter.Value] = parameter.Type;
            names[parameter.Value] = parameter.Path;
            parameters.Add(parameter.Value);
            if (!parameter.Frozen)
            {
                trained.Add(parameter.Value);
            }
        }

        foreach (var node in graph.Nodes)
        {
            types[node.Result] = node.Type;
            names[node.Result] = node.Name;
            if (Enumerable.Range(0, node.Operands.Count).Any(i => trained.Contains(node.Operands[i]) && IsDifferentiable(node, i)))
            {
                trained.Add(node.Result);
            }
        }
    }

    static bool IsDifferentiable(Node node, int operand) =>
        node.Operator.Class == OperatorClass.Movement || node.Operator.Member(node.Member.Reads[operand]) is not null;

    Graph Build()
    {
        var loss = graph.Results.First(static r => r.Kind == ResultKind.Loss);
        if (trained.Contains(loss.Value))
        {
            gradients[loss.Value] = Append(v => new(v, types[loss.Value], OperatorSpec.Seed, "", [], [new("value", "1f")], loss.Name));
        }

        for (var i = graph.Nodes.Count - 1; i >= 0; i--)
        {
            var node = graph.Nodes[i];
            if (trained.Contains(node.Result) && Collect(node.Result) is { } dy)
            {
                Differentiate(node, dy);
            }
        }

        var results = graph.Results.ToList();
        foreach (var parameter in graph.Parameters.Where(static p => !p.Frozen))
        {
            var gradient = Collect(parameter.Value) ?? Append(v => new(v, parameter.Type, OperatorSpec.Zero, "", [], [], parameter.Path));
            results.Add(new(parameter.Path, gradient, ResultKind.Gradient));
        }

        return graph with { Nodes = graph.Nodes.Concat(nodes).ToEquatableArray(), Results = results.ToEquatableArray() };
    }

    void Differentiate(Node node, int dy)
    {
        switch (node.Operator.Movement)
        {
            case MovementKind.Reshape:
                Contribute(node.Operands[0], () => Append(v => Movements.Reshape(v, dy, types[node.Operands[0]], node.Name)));
                break;
            case MovementKind.Slice:
                DifferentiateSlice(node, dy);
                break;
            case MovementKind.Concat:
                DifferentiateConcat(node, dy);
                break;
            default:
                ApplyMembers(node, dy);
                break;
        }
    }

    /// <summary>
    /// Gradients by weights come first: an activation that only they read is dead before the gradient by it, which has its size, is made.
    /// </summary>
    void ApplyMembers(Node node, int dy)
    {
        var made = new Dictionary<int, int>();
        foreach (var operand in Enumerable.Range(0, node.Operands.Count).OrderBy(i => parameters.Contains(node.Operands[i]) ? 0 : 1))
        {
            if (node.Operator.Member(node.Member.Reads[operand]) is not null)
            {
                Contribute(node.Operands[operand], () => Apply(node, operand, dy, made));
            }
        }
    }

    /// <summary>The gradient by one operand; those by others that it reads are made first, and once.</summary>
    int Apply(Node node, int operand, int dy, Dictionary<int, int> made)
    {
        if (made.TryGetValue(operand, out var known))
        {
            return known;
        }

        var forward = node.Member.Reads.ToList();
        var member = node.Operator.Member(forward[operand])!;
        var operands = member.Reads.Select(read => read switch
        {
            "dy" => dy,
            "y" => node.Result,
            _ when forward.IndexOf(read) is var at and >= 0 => node.Operands[at],
            _ => Apply(node, forward.IndexOf(read.Substring(1)), dy, made),
        }).ToEquatableArray();

        // What reads nothing but dy sums or passes on; it multiplies nothing.
        var multiplyAdds = member.Reads.All(static r => r == "dy") ? 0 : node.MultiplyAdds;
        return made[operand] = Append(v => node with
        {
            Result = v, Type = types[node.Operands[operand]], Target = member.Target, Operands = operands, MultiplyAdds = multiplyAdds, Key = member.IsRandom ? node.Key : 0,
        });
    }

    void DifferentiateSlice(Node node, int dy)
    {
        var operand = node.Operands[0];
        if (trained.Contains(operand))
        {
            if (!slices.TryGetValue(operand, out var pending))
            {
                slices[operand] = pending = new();
            }

            var range = new SliceRange(node.Integer("axis"), node.Size("start"), node.Size("length"));
            pending.Add(range, dy, (a, b) => Add(a, b, node.Type, node.Name));
        }
    }

    void DifferentiateConcat(Node node, int dy)
    {
        var (axis, start) = (node.Integer("axis"), (Size)0);
        foreach (var operand in node.Operands)
        {
            var (begin, length) = (start, types[operand].Sizes[axis]);
            Contribute(operand, () => Append(v => Movements.Slice(v, dy, node.Type, axis, begin, length, node.Name)));
            start += length;
        }
    }

    void Contribute(int value, Func<int> contribution)
    {
        if (trained.Contains(value))
        {
            Accumulate(value, contribution());
        }
    }

    void Accumulate(int value, int contribution) =>
        gradients[value] = gradients.TryGetValue(value, out var sum) ? Add(sum, contribution, types[value], names[value]) : contribution;

    /// <summary>The gradient by a value all of whose readers have contributed.</summary>
    int? Collect(int value)
    {
        if (slices.TryGetValue(value, out var pending))
        {
            foreach (var layer in pending.Layers())
            {
                Accumulate(value, Assemble(layer, types[value], names[value]));
            }
        }

        return gradients.TryGetValue(value, out var gradient) ? gradient : null;
    }

    /// <summary>One concat of gradients by disjoint slices, with zeros where no slice is.</summary>
    int Assemble(List<(SliceRange Range, int Gradient)> layer, TensorType type, string name)
    {
        var (axis, position) = (layer[0].Range.Axis, (Size)0);
        var operands = new List<int>();
        foreach (var (range, gradient) in layer)
        {
            Fill(range.Start);
            operands.Add(gradient);
            position = range.End;
        }

        Fill(type.Sizes[axis]);
        return Append(v => Movements.Concat(v, operands, type, axis, name));

        // A gap that an instance decides may be empty.
        void Fill(Size end)
        {
            if ((end - position) is { IsFree: true } or { Value: > 0 })
            {
                var gap = Movements.WithSize(type, axis, end - position);
                operands.Add(Append(v => new(v, gap, OperatorSpec.Zero, "", [], [], name)));
            }
        }
    }

    int Add(int a, int b, TensorType type, string name) => Append(v => new(v, type, OperatorSpec.Accumulate, "", [a, b], [], name));

    int Append(Func<int, Node> node)
    {
        var appended = node(nextValue++);
        nodes.Add(appended);
        types[appended.Result] = appended.Type;
        names[appended.Result] = appended.Name;
        return appended.Result;
    }
}
