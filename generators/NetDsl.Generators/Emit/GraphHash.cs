using System.Globalization;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit;

/// <summary>Tells networks apart: weights of one are refused by another. A hash of the printed graph.</summary>
static class GraphHash
{
    public static string Of(Graph graph) => Fnv.Hash(GraphPrinter.Print(graph)).ToString("x16", CultureInfo.InvariantCulture);
}
