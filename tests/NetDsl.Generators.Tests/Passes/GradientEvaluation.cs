using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Tests.Passes;

/// <summary>
/// Evaluates graphs with gradients, in double precision, knowing no derivative: a gradient is the central difference of its operator's forward formula, times dy. So it
/// tells whether the gradient pass put the right equations together.
/// </summary>
sealed class GradientEvaluation
{
    const int Batch = 2;
    const double Step = 1e-4;

    readonly Graph graph;
    readonly Dictionary<int, TensorType> types;

    public GradientEvaluation(Graph graph)
    {
        this.graph = graph;
        types = graph.Inputs.Select(static i => (i.Value, i.Type))
            .Concat(graph.Parameters.Select(static p => (p.Value, p.Type)))
            .Concat(graph.Nodes.Select(static n => (Value: n.Result, n.Type)))
            .ToDictionary(static v => v.Value, static v => v.Type);
    }

    /// <summary>Some values for the inputs and the parameters.</summary>
    public Dictionary<int, double[]> Given()
    {
        var random = new Random(graph.Nodes.Count);
        return graph.Inputs.Select(static i => (i.Value, i.Type))
            .Concat(graph.Parameters.Select(static p => (p.Value, p.Type)))
            .ToDictionary(static v => v.Value, v => Enumerable.Range(0, Count(v.Type)).Select(_ => random.NextDouble() - 0.5).ToArray());
    }

    /// <summary>All values of the graph.</summary>
    /// <param name="given">The inputs and the parameters.</param>
    /// <param name="forward">The graph that was differentiated, and its values; to be left out for a graph without gradients.</param>
    public Dictionary<int, double[]> Run(Dictionary<int, double[]> given, (Graph Graph, Dictionary<int, double[]> Values)? forward = null)
    {
        var values = new Dictionary<int, double[]>(given);
        foreach (var node in graph.Nodes)
        {
            values[node.Result] = node.Target.Length == 0
                ? Apply(node, [.. node.Operands.Select(o => o < 0 ? null : values[o])])
                : Differentiate(node, values, forward!.Value.Graph.Nodes.Single(n => n.Name == node.Name), forward.Value.Values);
        }

        return values;
    }

    double[] Differentiate(Node node, Dictionary<int, double[]> values, Node forward, Dictionary<int, double[]> forwardValues)
    {
        var (member, reads) = (node.Member, forward.Member.Reads.ToList());
        double[]? dy = null;
        for (var i = 0; i < member.Reads.Count; i++)
        {
            if (member.Reads[i] == "dy")
            {
                dy = values[node.Operands[i]];
                continue;
            }

            var expected = member.Reads[i] == "y" ? forward.Result : forward.Operands[reads.IndexOf(member.Reads[i])];
            Assert.Equal(forwardValues[expected], values[node.Operands[i]]);
        }

        var operands = forward.Operands.Select(o => o < 0 ? null : (double[])forwardValues[o].Clone()).ToArray();
        var target = operands[reads.IndexOf(node.Target)]!;
        var gradient = new double[target.Length];
        for (var i = 0; i < target.Length; i++)
        {
            var x = target[i];
            target[i] = x + Step;
            var above = Apply(forward, operands);
            target[i] = x - Step;
            var below = Apply(forward, operands);
            target[i] = x;
            gradient[i] = above.Zip(below, static (a, b) => (a - b) / (2 * Step)).Zip(dy!, static (d, g) => d * g).Sum();
        }

        return gradient;
    }

    double[] Apply(Node node, double[]?[] x)
    {
        var count = (int)node.Type.Count;
        return node.Operator.Name switch
        {
            "reshape" or "slice" or "concat" => Reference.Movements.Evaluate(node, x!, [.. OperandTypes(node)], Batch),
            "Tanh" => Each(Math.Tanh),
            "Square" => Each(static v => v * v),
            "Sigmoid" => Each(static v => 1 / (1 + Math.Exp(-v))),
            "Add" or "accumulate" => [.. x[0]!.Zip(x[1]!, static (a, b) => a + b)],
            "Multiply" => [.. x[0]!.Zip(x[1]!, static (a, b) => a * b)],
            "Dropout" => [.. x[0]!.Select((v, i) => (node.Key + i) % 3 == 0 ? 0 : 2 * v)],
            "seed" => [1],
            "zero" => new double[Count(node.Type)],
            "batchmean" => [x[0]!.Average()],
            "SampleSum" => [.. x[0]!.Chunk(x[0]!.Length / Batch).Select(static s => s.Sum())],
            "Gain" => [.. x[0]!.Select((v, i) => v * x[1]![i % count])],
            "Softmax" => [.. x[0]!.Chunk(count).SelectMany(s => s.Select((v, i) => Math.Exp(v) / Channels(s, i, node.Type).Sum(Math.Exp)))],
            "Dense" => [.. x[0]!.Chunk(x[0]!.Length / Batch).SelectMany(s => Enumerable.Range(0, count).Select(u => s.Select((v, i) => v * x[1]![(u * s.Length) + i]).Sum() + (x[2]?[u] ?? 0)))],
            var name => throw new InvalidOperationException($"There is no formula for {name}."),
        };

        double[] Each(Func<double, double> function) => [.. x[0]!.Select(function)];
    }

    IEnumerable<TensorType> OperandTypes(Node node) => node.Operands.Select(o => types.TryGetValue(o, out var type) ? type : throw new KeyNotFoundException($"%{o}"));

    /// <summary>The elements of a sample that differ from element i in the first axis only.</summary>
    static IEnumerable<double> Channels(double[] sample, int i, TensorType type)
    {
        var stride = sample.Length / (int)type.Sizes[0];
        return Enumerable.Range(0, (int)type.Sizes[0]).Select(c => sample[(c * stride) + (i % stride)]);
    }

    static int Count(TensorType type) => (int)type.Count * (type.Batched ? Batch : 1);
}
