using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>
/// Of a prediction: a map of channels that alone reads another becomes one with it, and one that alone reads what a convolution or a dense layer computes is folded
/// into that: its weights are multiplied once, when they have changed, and its constants become those of both. Then nothing of the map is left to do for a sample.
/// </summary>
sealed class ChannelMapFolding
{
    readonly Graph graph;
    readonly Uses uses;
    readonly Dictionary<int, Node> producers;
    readonly Dictionary<int, Parameter> parameters;
    readonly List<Node> nodes = [];
    int next;

    ChannelMapFolding(Graph graph)
    {
        this.graph = graph;
        uses = new(graph);
        producers = graph.Nodes.ToDictionary(static n => n.Result);
        parameters = graph.Parameters.ToDictionary(static p => p.Value);
        next = graph.NextValue;
    }

    public static Graph Run(Graph graph) => new ChannelMapFolding(graph).Fold();

    Graph Fold()
    {
        // Maps by the result of the last of each chain.
        var chains = new Dictionary<int, List<Node>>();
        foreach (var map in graph.Nodes.Where(ChannelMapOperators.IsMap))
        {
            var chain = uses.Of(map.Operands[0]) == 1 && chains.TryGetValue(map.Operands[0], out var inner) ? inner : [];
            chains.Remove(map.Operands[0]);
            chains[map.Result] = [.. chain, map];
        }

        var (folded, substitution) = (new Dictionary<int, List<Node>>(), new Substitution());
        foreach (var chain in chains.Values.Where(c => Anchor(c[0]) is not null))
        {
            folded[Anchor(chain[0])!.Value] = chain;
            substitution.Replace(chain[chain.Count - 1].Result, chain[0].Operands[0]);
        }

        foreach (var node in graph.Nodes.Select(substitution.Apply))
        {
            if (folded.TryGetValue(node.Result, out var into))
            {
                AddFolded(node, into);
            }
            else if (!ChannelMapOperators.IsMap(node))
            {
                nodes.Add(node);
            }
            else if (chains.TryGetValue(node.Result, out var chain) && !folded.ContainsValue(chain))
            {
                var (slope, intercept) = Composed(chain);
                nodes.Add(ChannelMapOperators.Map(node.Result, node.Type, substitution[chain[0].Operands[0]], slope, intercept, node.Name));
            }
        }

        return substitution.Apply(graph, nodes);
    }

    /// <summary>The equation that a map can be folded into: all between them keeps the channels, and has no other reader.</summary>
    int? Anchor(Node map)
    {
        var value = map.Operands[0];
        while (uses.Of(value) == 1 && producers.TryGetValue(value, out var node))
        {
            if (Length(node) is not null)
            {
                return value;
            }

            if (!node.Is(MovementKind.Reshape) || !producers.TryGetValue(node.Operands[0], out var source) || source.Type.Sizes.Count == 0 || source.Type.Sizes[0] != map.Type.Sizes[0])
            {
                return null;
            }

            value = node.Operands[0];
        }

        return null;
    }

    /// <summary>How many neighbours of its weight have one channel of its result; null where it has no such weight.</summary>
    Size? Length(Node node)
    {
        var weight = Index(node, "weight");
        if (weight < 0 || Index(node, "bias") < 0 || !parameters.TryGetValue(node.Operands[weight], out var parameter))
        {
            return null;
        }

        // The channels of the result are the first axis of the weight, but of a transposed convolution the second, and then a group has its own.
        var sizes = parameter.Type.Sizes;
        return node.Operator.Anchor switch
        {
            AnchorKind.Convolution or AnchorKind.MatrixProduct when sizes[0] == node.Type.Sizes[0] => parameter.Type.Count / sizes[0],
            AnchorKind.TransposedConvolution when sizes[1] == node.Type.Sizes[0] => parameter.Type.Count / sizes[0] / sizes[1],
            _ => (Size?)null,
        };
    }

    void AddFolded(Node node, List<Node> chain)
    {
        var (weight, bias) = (Index(node, "weight"), Index(node, "bias"));
        var (slope, intercept) = Composed(chain);
        var name = chain[chain.Count - 1].Name;
        var operands = node.Operands.ToArray();
        operands[bias] = operands[bias] < 0 ? intercept : AddIntercept(slope, operands[bias], intercept, chain[0]);
        if (!IsOne(slope))
        {
            var constants = new[] { Constant.Of("length", Length(node)!.Value), Constant.Of("channels", node.Type.Sizes[0]) };
            nodes.Add(new(next, parameters[operands[weight]].Type, ChannelMapOperators.ScaledWeight, "", [operands[weight], slope], constants.ToEquatableArray(), name));
            operands[weight] = next++;
        }

        nodes.Add(node with { Operands = operands.ToEquatableArray() });
    }

    /// <summary>The numbers of all maps of a chain together.</summary>
    (int Slope, int Intercept) Composed(List<Node> chain)
    {
        var (slope, intercept) = (chain[0].Operands[1], chain[0].Operands[2]);
        foreach (var map in chain.Skip(1))
        {
            intercept = AddIntercept(map.Operands[1], intercept, map.Operands[2], map);
            slope = AddNumber(ChannelMapOperators.Slope, [map.Operands[1], slope], map);
        }

        return (slope, intercept);
    }

    int AddIntercept(int slope, int inner, int intercept, Node map) => AddNumber(ChannelMapOperators.Intercept, [slope, inner, intercept], map);

    int AddNumber(OperatorSpec spec, EquatableArray<int> operands, Node map)
    {
        nodes.Add(new(next, TensorType.Uniform(map.Type.Sizes[0]), spec, "", operands, [], map.Name));
        return next++;
    }

    bool IsOne(int slope) => producers.TryGetValue(slope, out var node) && node.Operator.Name == OperatorSpec.Seed.Name && node.Literal("value") == "1f";

    static int Index(Node node, string name) => node.Member.Reads.ToList().IndexOf(name);
}
