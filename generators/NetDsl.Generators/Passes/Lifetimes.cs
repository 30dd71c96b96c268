using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>
/// For every value that lies in memory, the first and the last kernel that touch it. A view's use is a use of what it is a part of.
/// </summary>
sealed class Lifetimes
{
    readonly SortedDictionary<int, (int First, int Last)> spans = [];

    /// <summary>Behind the last kernel: what is used there outlives the program.</summary>
    readonly int end;

    Lifetimes(int kernels) => end = kernels;

    /// <summary>The values in memory, in order.</summary>
    public IEnumerable<int> Values => spans.Keys;

    public (int First, int Last) this[int value] => spans[value];

    /// <param name="graph">The graph.</param>
    /// <param name="views">Which values are parts of others.</param>
    /// <param name="kernels">The kernels, in order.</param>
    /// <param name="kept">Values that the program finds as an earlier run left them.</param>
    public static Lifetimes Of(Graph graph, Views views, EquatableArray<Kernel> kernels, HashSet<int> kept)
    {
        var lifetimes = new Lifetimes(kernels.Count);
        foreach (var value in graph.Inputs.Select(static i => i.Value).Concat(graph.Parameters.Select(static p => p.Value)).Concat(kept))
        {
            lifetimes.Touch(value, 0);
            lifetimes.Touch(value, lifetimes.end);
        }

        for (var i = 0; i < kernels.Count; i++)
        {
            var own = new HashSet<int>(kernels[i].Nodes.Select(static n => n.Result));
            foreach (var value in kernels[i].Stores.Concat(kernels[i].Nodes.SelectMany(static n => n.Operands).Where(o => o >= 0 && !own.Contains(o))))
            {
                lifetimes.Touch(value, i);
            }
        }

        foreach (var result in graph.Results)
        {
            lifetimes.Touch(result.Value, lifetimes.end);
        }

        lifetimes.ConnectViews(graph, views);
        return lifetimes;
    }

    /// <summary>A view begins to live with what is written first into it, and keeps what it is a part of alive.</summary>
    void ConnectViews(Graph graph, Views views)
    {
        foreach (var node in Enumerable.Reverse(graph.Nodes).Where(n => spans.ContainsKey(n.Result) && views.IsFree(n)))
        {
            foreach (var operand in node.Operands)
            {
                Touch(operand, spans[node.Result].Last);
            }
        }

        foreach (var node in graph.Nodes.Where(n => spans.ContainsKey(n.Result) && n.Operator.Class == OperatorClass.Movement))
        {
            Touch(node.Result, node.Operands.Min(o => spans[o].First));
        }

        foreach (var value in spans.Keys.ToList())
        {
            for (var part = value; views.Parent(part) >= 0; part = views.Parent(part))
            {
                Touch(views.Parent(part), spans[value].First);
                Touch(views.Parent(part), spans[value].Last);
            }
        }
    }

    void Touch(int value, int kernel) =>
        spans[value] = spans.TryGetValue(value, out var span) ? (Math.Min(span.First, kernel), Math.Max(span.Last, kernel)) : (kernel, kernel);
}
