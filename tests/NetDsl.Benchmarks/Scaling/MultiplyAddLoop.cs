using System.Diagnostics;
using System.Numerics;

namespace NetDsl.Benchmarks.Scaling;

/// <summary>Multiply-adds in registers, as many as a processor can do: what threads bring to this loop is all that the machine has to give.</summary>
static class MultiplyAddLoop
{
    const int Rounds = 100_000;
    const int Sums = 10;

    /// <summary>Vectors multiplied and added a second, by several threads together.</summary>
    public static double Rate(int threads, double seconds)
    {
        var counts = new long[threads];
        using var start = new Barrier(threads);
        var running = Enumerable.Range(0, threads).Select(index => new Thread(() =>
        {
            start.SignalAndWait();
            var watch = Stopwatch.StartNew();
            while (watch.Elapsed.TotalSeconds < seconds)
            {
                Run();
                counts[index] += (long)Rounds * Sums;
            }
        })).ToList();
        running.ForEach(static thread => thread.Start());
        running.ForEach(static thread => thread.Join());
        return counts.Sum() / seconds;
    }

    static float Run()
    {
        var factor = new Vector<float>(0.999f);
        Vector<float> a = factor, b = factor, c = factor, d = factor, e = factor, f = factor, g = factor, h = factor, i = factor, j = factor;
        for (var round = 0; round < Rounds; round++)
        {
            a = Vector.FusedMultiplyAdd(a, factor, factor);
            b = Vector.FusedMultiplyAdd(b, factor, factor);
            c = Vector.FusedMultiplyAdd(c, factor, factor);
            d = Vector.FusedMultiplyAdd(d, factor, factor);
            e = Vector.FusedMultiplyAdd(e, factor, factor);
            f = Vector.FusedMultiplyAdd(f, factor, factor);
            g = Vector.FusedMultiplyAdd(g, factor, factor);
            h = Vector.FusedMultiplyAdd(h, factor, factor);
            i = Vector.FusedMultiplyAdd(i, factor, factor);
            j = Vector.FusedMultiplyAdd(j, factor, factor);
        }

        return Vector.Sum(a + b + c + d + e + f + g + h + i + j);
    }
}
