using NetDsl.Generators.Ir;
using NetDsl.Generators.Tests.Ir;

namespace NetDsl.Generators.Tests.Passes;

/// <summary>Runs a pass on a graph in text form and compares with the expected text.</summary>
static class PassAssert
{
    public static void Rewrites(Func<Graph, Graph> pass, string before, string after)
    {
        var graph = GraphParser.Parse(before);
        GraphVerifier.Verify(graph);
        var rewritten = pass(graph);
        GraphVerifier.Verify(rewritten);
        Assert.Equal(Normalize(after), Normalize(GraphPrinter.Print(rewritten)));
    }

    static string Normalize(string text) => string.Join("\n", text.Split('\n').Select(static l => l.Trim()).Where(static l => l.Length > 0));
}
