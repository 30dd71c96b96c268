using NetDsl.Generators.Ir;
using static NetDsl.Generators.Tests.Reference.LinearFormulas;

namespace NetDsl.Generators.Tests.Reference;

/// <summary>The operators of sequences, from the papers' and Caffe's definitions.</summary>
static class SequenceFormulas
{
    public static double[]? Evaluate(Node node, double[]?[] x) => node.Operator.Name switch
    {
        "Embed" => [.. x[0]!.SelectMany(id => Enumerable.Range(0, node.Integer("U")).Select(u => x[1]![(int)id * node.Integer("U") + u] + (x[2]?[u] ?? 0)))],
        "AddToSteps" => [.. x[0]!.Select((value, i) => value + x[1]![i % x[1]!.Length])],
        "Transpose" => [.. Enumerable.Range(0, x[0]!.Length).Select(i => x[0]![i % node.Integer("A") * node.Integer("B") + i / node.Integer("A")])],
        "LstmStates" => States(node, 7, (t, previous, cell) =>
        {
            var z = Gates(node, x[0]!, t).Zip(Dense(previous, x[^1]!, null), static (a, b) => a + b).Chunk(previous.Length).ToArray();
            var (i, f, o, g) = (Each(z[0], Sigmoid), Each(z[1], Sigmoid), Each(z[2], Sigmoid), Each(z[3], Math.Tanh));
            double[] next = [.. cell.Select((c, u) => Continuation(x, 3, t) * f[u] * c + i[u] * g[u])];
            return [previous, i, f, o, g, next, [.. next.Select((c, u) => o[u] * Math.Tanh(c))]];
        }, t => Continuation(x, 3, t), cell: 5),
        "RnnStates" => States(node, 2, (t, previous, _) =>
            [previous, [.. Gates(node, x[0]!, t).Zip(Dense(previous, x[^1]!, null), static (a, b) => Math.Tanh(a + b))]], t => Continuation(x, 3, t), cell: 1),
        "GruStates" => States(node, 6, (t, previous, _) =>
        {
            var inputs = Gates(node, x[0]!, t).Chunk(previous.Length).ToArray();
            var hidden = Dense(previous, x[^2]!, null).Chunk(previous.Length).ToArray();
            double[] r = [.. inputs[0].Zip(hidden[0], static (a, b) => Sigmoid(a + b))];
            double[] z = [.. inputs[1].Zip(hidden[1], static (a, b) => Sigmoid(a + b))];
            double[] product = [.. hidden[2].Zip(x[^1]!, static (a, b) => a + b)];
            double[] n = [.. inputs[2].Select((a, u) => Math.Tanh(a + r[u] * product[u]))];
            return [previous, r, z, product, n, [.. n.Select((value, u) => (1 - z[u]) * value + z[u] * previous[u])]];
        }, t => Continuation(x, 4, t), cell: 5),
        _ => null,
    };

    /// <summary>Runs the steps; the last plane is the hidden state, which the next step takes times the continuation.</summary>
    static double[] States(Node node, int planes, Func<int, double[], double[], double[][]> step, Func<int, double> continuation, int cell)
    {
        var (time, units) = (node.Integer("Time"), node.Integer("U"));
        var result = new double[planes * time * units];
        var (hidden, memory) = (new double[units], new double[units]);
        for (var t = 0; t < time; t++)
        {
            var states = step(t, [.. hidden.Select(h => t == 0 ? 0 : continuation(t) * h)], memory);
            for (var plane = 0; plane < planes; plane++)
            {
                states[plane].CopyTo(result, (plane * time + t) * units);
            }

            (hidden, memory) = (states[^1], states[cell]);
        }

        return result;
    }

    /// <summary>An operator with a continuation has one operand more.</summary>
    static double Continuation(double[]?[] x, int operands, int t) => x.Length == operands ? x[1]![t] : 1;

    static double[] Gates(Node node, double[] gates, int t) => gates.Chunk(gates.Length / node.Integer("Time")).ElementAt(t);

    static double[] Each(double[] x, Func<double, double> function) => [.. x.Select(function)];

    static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
