using NetDsl.Runtime;

namespace NetDsl.Tests.Kernels;

/// <summary>Workers that take their shares one after the other: what they write must not depend on how many they are.</summary>
static class Team
{
    public static CpuWorker[] Of(int count, int samples, long stride, int? blocks = null)
    {
        var team = new CpuTeam(1);
        return [.. Enumerable.Range(0, count).Select(index => new CpuWorker(team)
        {
            Index = index,
            Count = count,
            Samples = samples,
            Blocks = blocks ?? samples,
            BlockStride = stride,
        })];
    }

    /// <summary>A worker's own share of <paramref name="items"/> items.</summary>
    public static (int Begin, int End) Share(this CpuWorker worker, int items) =>
        (ItemShares.Cut(items, worker.Index, worker.Count), ItemShares.Cut(items, worker.Index + 1, worker.Count));
}
