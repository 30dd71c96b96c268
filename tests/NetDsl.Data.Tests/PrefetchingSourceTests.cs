using System.Diagnostics;
using NetDsl.Runtime;
using NetDsl.Training;

namespace NetDsl.Data.Tests;

[Collection("Alone")]
public class PrefetchingSourceTests
{
    /// <summary>Its samples are their positions; it fails at one of them.</summary>
    sealed class Counting(long failAt = long.MaxValue) : IBatchSource
    {
        public string Name => "counting";
        public IReadOnlyList<InputDefinition> Fields { get; } = [new("x", [2], IsLabels: false), new("label", [], IsLabels: true)];
        public int Count => 1000;
        public long Position { get; set; }

        public void Read(SampleBatch batch)
        {
            for (var row = 0; row < batch.Count; row++, Position++)
            {
                if (Position == failAt)
                {
                    throw new IOException("the cable is out");
                }

                batch.Values(0)[2 * row] = Position;
                batch.Labels(1)[row] = (int)Position;
            }
        }
    }

    static int[] Read(PrefetchingSource source, int count)
    {
        var batch = new SampleBatch(source.Fields, count);
        source.Read(batch);
        Assert.All(Enumerable.Range(0, count), row => Assert.Equal(batch.Labels(1)[row], batch.Values(0)[2 * row]));
        return [.. batch.Labels(1)];
    }

    [Fact]
    public void It_reads_what_its_source_reads_and_counts_only_what_it_handed_over()
    {
        using var source = new PrefetchingSource(new Counting());
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(4 * i, source.Position);
            Assert.Equal(Enumerable.Range(4 * i, 4), Read(source, 4));
        }
    }

    [Fact]
    public void A_batch_of_another_size_goes_on_where_the_last_one_ended()
    {
        using var source = new PrefetchingSource(new Counting());
        Read(source, 4);
        Read(source, 4);
        Assert.Equal([8, 9, 10], Read(source, 3));
        Assert.Equal([11, 12, 13, 14], Read(source, 4));
    }

    [Fact]
    public void It_goes_back_to_a_saved_position()
    {
        using var source = new PrefetchingSource(new Counting());
        Read(source, 4);
        source.Position = 2;
        Assert.Equal([2, 3, 4, 5], Read(source, 4));
    }

    [Fact]
    public void A_fault_surfaces_within_seconds_at_its_batch_names_the_samples_and_stays()
    {
        using var source = new PrefetchingSource(new Counting(failAt: 9));
        Assert.Equal([0, 1, 2, 3], Read(source, 4));
        Assert.Equal([4, 5, 6, 7], Read(source, 4));
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 2; i++)
        {
            var fault = Assert.Throws<InvalidDataException>(() => Read(source, 4));
            Assert.Equal("Samples 8 to 11 of counting cannot be read: the cable is out", fault.Message);
            Assert.IsType<IOException>(fault.InnerException);
        }
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
        Assert.Equal(8, source.Position);
    }

    [Fact]
    public void Nothing_is_allocated_for_a_batch()
    {
        using var source = new PrefetchingSource(Datasets.Open("embedded").CreateTrainingSource(Networks.Classifier(1, 28, 28), PixelScaling.Unit, seed: 1));
        var batch = new SampleBatch(source.Fields, 64);
        for (var i = 0; i < 20; i++)
        {
            source.Read(batch);
        }

        // What a batch allocates is allocated in every window; what the process allocates now and then is not.
        var least = long.MaxValue;
        for (var window = 0; window < 4; window++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < 100; i++)
            {
                source.Read(batch);
            }

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.InRange(least, 0, (100 * 24) - 1);
    }
}
