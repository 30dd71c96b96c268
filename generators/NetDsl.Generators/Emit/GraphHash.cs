using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit;

/// <summary>Tells networks apart: weights of one are refused by another. FNV-1a, 64 bits, of the printed graph.</summary>
static class GraphHash
{
    const ulong OffsetBasis = 14695981039346656037;
    const ulong Prime = 1099511628211;

    public static string Of(Graph graph)
    {
        var hash = OffsetBasis;
        foreach (var octet in System.Text.Encoding.UTF8.GetBytes(GraphPrinter.Print(graph)))
        {
            hash = unchecked((hash ^ octet) * Prime);
        }

        return hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
    }
}
