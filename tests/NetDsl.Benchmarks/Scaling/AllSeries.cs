using NetDsl.Networks;
using NetDsl.Runtime;

namespace NetDsl.Benchmarks.Scaling;

/// <summary>What is measured: batch, depth, image size, threads.</summary>
static class AllSeries
{
    const int Batch = 16;

    static int Cores => Environment.ProcessorCount;

    public static IReadOnlyList<Series> Create() =>
    [
        new("batch", "samples a step", "LeNet", [.. Powers(1, 256).Select(static batch => new Point(batch, 1, batch, Cores, LeNet))]),
        new("depth", "layers", $"3×3 convolutions of 32 channels, 16×16, batch {Batch}",
        [
            new(2, 1, Batch, Cores, static (device, batch) => new Depth2(device, batch)),
            new(4, 2, Batch, Cores, static (device, batch) => new Depth4(device, batch)),
            new(8, 4, Batch, Cores, static (device, batch) => new Depth8(device, batch)),
            new(16, 8, Batch, Cores, static (device, batch) => new Depth16(device, batch)),
            new(32, 16, Batch, Cores, static (device, batch) => new Depth32(device, batch)),
        ]),
        new("size", "height and width", $"four 3×3 convolutions of 32 channels, batch {Batch}",
        [
            new(8, 1, Batch, Cores, static (device, batch) => new Size8(device, batch)),
            new(16, 4, Batch, Cores, static (device, batch) => new Size16(device, batch)),
            new(32, 16, Batch, Cores, static (device, batch) => new Size32(device, batch)),
            new(64, 64, Batch, Cores, static (device, batch) => new Size64(device, batch)),
            new(128, 256, Batch, Cores, static (device, batch) => new Size128(device, batch)),
        ]),
        new("threads", "threads", "LeNet, batch 64", [.. Enumerable.Range(1, Cores).Select(static threads => new Point(threads, 1, 64, threads, LeNet))]),
    ];

    static LeNet LeNet(Device device, int batch) => new(device, batch);

    static IEnumerable<int> Powers(int from, int to)
    {
        for (var value = from; value <= to; value *= 2)
        {
            yield return value;
        }
    }
}
