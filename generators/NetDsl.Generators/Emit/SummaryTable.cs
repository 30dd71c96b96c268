using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Emit;

/// <summary>A row of the layer table.</summary>
/// <param name="Parameters">Counted where a layer is used first; 0 where its weights are shared with an earlier use.</param>
/// <param name="TrainingOnly">A prediction does without it: a dropout, or a layer of an auxiliary head.</param>
sealed record SummaryRow(string Name, string Operator, TensorType Output, long Parameters, Size MultiplyAdds, bool TrainingOnly)
{
    /// <summary>Bytes of one sample's output.</summary>
    public long Bytes => Output.Count.Value * sizeof(float);
}

/// <summary>
/// The layers of a network, loss and metrics left out, as a table: what a user sees when the pointer rests on the class. What only the loss needs is a layer
/// if it leads to a weight: an auxiliary head is, a softmax is not.
/// </summary>
static class SummaryTable
{
    static readonly string[] Header = ["layer", "operator", "output", "parameters", "MACs", "bytes"];

    public static IReadOnlyList<SummaryRow> Rows(Graph graph)
    {
        var parameters = graph.Parameters.ToDictionary(static p => p.Value, static p => (long)p.Type.Count.Constant);
        var rows = new List<SummaryRow>();
        var predicted = Reachability.Needed(graph, static kind => kind == ResultKind.Output);
        var layers = LeadingToWeights(graph, predicted);
        foreach (var node in graph.Nodes.Where(n => layers.Contains(n.Result)))
        {
            long count = 0;
            foreach (var operand in node.Operands)
            {
                if (parameters.TryGetValue(operand, out var size))
                {
                    count += size;
                    parameters.Remove(operand);
                }
            }

            rows.Add(new(node.Name, node.Operator.Name, node.Type, count, node.MultiplyAdds, node.Operator.TrainingOnly || !predicted.Contains(node.Result)));
        }

        return rows;
    }

    /// <summary>The values of <paramref name="wanted"/>, and those that weights are applied to or that come of weights.</summary>
    static HashSet<int> LeadingToWeights(Graph graph, HashSet<int> wanted)
    {
        var weights = new HashSet<int>(graph.Parameters.Select(static p => p.Value));
        var result = new HashSet<int>(wanted);
        for (var i = graph.Nodes.Count - 1; i >= 0; i--)
        {
            var node = graph.Nodes[i];
            if (result.Contains(node.Result) || node.Operands.Any(weights.Contains))
            {
                result.Add(node.Result);
                result.UnionWith(node.Operands);
            }
        }

        return result;
    }

    /// <summary>The table as text: names to the left, numbers to the right, totals in the last line.</summary>
    public static string Text(Graph graph)
    {
        var rows = Rows(graph);
        var cells = new List<string[]> { Header };
        cells.AddRange(rows.Select(static r => new[]
        {
            r.Name, r.Operator, r.Output.ToString(), Literal.Grouped(r.Parameters), Literal.Grouped(r.MultiplyAdds.Value), Literal.Grouped(r.Bytes),
        }));
        cells.Add(["total", "", "", Literal.Grouped(ParameterCount(graph)), Literal.Grouped(rows.Sum(static r => r.MultiplyAdds.Value)), Literal.Grouped(rows.Sum(static r => r.Bytes))]);
        var widths = Enumerable.Range(0, Header.Length).Select(column => cells.Max(row => row[column].Length)).ToList();
        return string.Join("\n", cells.Select(row => string.Join("  ", row.Select((cell, column) =>
            column < 3 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd()));
    }

    /// <summary>Elements of all parameters, frozen ones included.</summary>
    public static long ParameterCount(Graph graph) => graph.Parameters.Sum(static p => (long)p.Type.Count.Constant);
}
