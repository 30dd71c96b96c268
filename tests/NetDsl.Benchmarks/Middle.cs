namespace NetDsl.Benchmarks;

/// <summary>The median of what was measured in turn.</summary>
static class Middle
{
    public static double Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
