using NetDsl.Generators.Ir;
using NetDsl.Kernels;

namespace NetDsl.Generators.Tests.Reference;

/// <summary>
/// Runs a forward graph in double precision, straight from the operators' formulas and with no regard for speed. It shares no code with the compiler behind
/// the graph: no gradient pass, no fusion, no memory plan, no kernels.
/// </summary>
sealed class Interpreter(Graph graph, int batch)
{
    readonly Dictionary<int, double[]> values = [];

    public int Batch { get; } = batch;

    /// <summary>The value of a result after <see cref="Run"/>.</summary>
    public double[] Result(string name) => values[graph.Results.First(r => r.Name == name).Value];

    public double Scalar(string name) => Result(name)[0];

    /// <summary>Evaluates all equations. Inputs and parameters come by name, batched values sample after sample.</summary>
    public Interpreter Run(Func<string, double[]> valueOf)
    {
        foreach (var input in graph.Inputs)
        {
            values[input.Value] = valueOf(input.Name);
        }

        foreach (var parameter in graph.Parameters)
        {
            values[parameter.Value] = valueOf(parameter.Path);
        }

        foreach (var node in graph.Nodes)
        {
            values[node.Result] = Evaluate(node);
        }

        return this;
    }

    TensorType TypeOf(int value) =>
        graph.Inputs.FirstOrDefault(i => i.Value == value)?.Type
        ?? graph.Parameters.FirstOrDefault(p => p.Value == value)?.Type
        ?? graph.Nodes.First(n => n.Result == value).Type;

    double[] Evaluate(Node node)
    {
        if (!node.Member.IsForward)
        {
            throw new InvalidOperationException("The reference runs forward graphs; it differentiates by differences.");
        }

        var operands = node.Operands.Select(o => o < 0 ? null : values[o]).ToArray();
        return node.Operator.Class switch
        {
            OperatorClass.Movement => Movements.Evaluate(node, operands!, [.. node.Operands.Select(TypeOf)], Batch),
            OperatorClass.BatchReduction => BatchReduction(node, operands[0]!),
            OperatorClass.Elementwise => Elementwise(node, operands!),
            _ when node.Key != 0 => Draws(node),
            _ => Samples(node, operands),
        };
    }

    double[] Elementwise(Node node, double[][] operands)
    {
        var count = (int)node.Type.Count;
        var (result, x) = (new double[count * (node.Type.Batched ? Batch : 1)], new double[operands.Length]);
        for (var i = 0; i < result.Length; i++)
        {
            for (var o = 0; o < x.Length; o++)
            {
                x[o] = operands[o].Length == 1 ? operands[o][0] : operands[o][i];
            }

            result[i] = ScalarFormulas.Evaluate(node, x, (uint)(i % count), (uint)(i / count));
        }

        return result;
    }

    /// <summary>An operator on samples that draws numbers gives them as they are.</summary>
    double[] Draws(Node node)
    {
        var count = (int)node.Type.Count;
        var key = StepRandom.Key(ScalarFormulas.Seed, ScalarFormulas.Step, (uint)node.Key);
        return [.. Enumerable.Range(0, count * Batch).Select(i => (double)ScalarLane.Uniform(key, (uint)(i % count), (uint)(i / count)).Value)];
    }

    double[] BatchReduction(Node node, double[] x)
    {
        var count = (int)node.Type.Count;
        return [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, Batch).Sum(sample => x[sample * count + i]) / (node.Operator.Reduction == BatchReductionKind.Mean ? Batch : 1))];
    }

    double[] Samples(Node node, double[]?[] operands)
    {
        var count = (int)node.Type.Count;
        var result = new double[count * Batch];
        for (var sample = 0; sample < Batch; sample++)
        {
            var parts = new double[]?[operands.Length];
            for (var i = 0; i < operands.Length; i++)
            {
                var value = node.Operands[i];
                parts[i] = value < 0 || !TypeOf(value).Batched
                    ? operands[i]
                    : operands[i]!.AsSpan(sample * (int)TypeOf(value).Count, (int)TypeOf(value).Count).ToArray();
            }

            SampleFormulas.Evaluate(node, parts).CopyTo(result, sample * count);
        }

        return result;
    }
}
