namespace NetDsl.Tests.Runtime;

/// <summary>Samples that are always the same.</summary>
static class RegressionData
{
    public static float[] Features(int samples, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, samples * Regression.Features).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    public static int[] Targets(int samples) => [.. Enumerable.Range(0, samples).Select(static n => n * 7 % 10)];
}
