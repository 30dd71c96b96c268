using NetDsl.Kernels;

namespace NetDsl.Tests.Kernels;

public class PackedMatrixProductTests
{
    [Theory]
    [InlineData(1, 1, 1, 1), InlineData(10, 84, 1, 1), InlineData(10, 84, 3, 1), InlineData(33, 50, 17, 1), InlineData(130, 1601, 2, 1), InlineData(64, 2100, 9, 1)]
    [InlineData(141, 47, 113, 1), InlineData(97, 16, 2, 1), InlineData(32, 40, 3, 2), InlineData(48, 17, 2, 61), InlineData(16, 5, 1, 50)]
    public void Results_follow_the_definition(int units, int inputs, int samples, int rows)
    {
        Check<Lanes512>(units, inputs, samples, rows);
        Check<Lanes256>(units, inputs, samples, rows);
        Check<Lanes128>(units, inputs, samples, rows);
        Check<ScalarLane>(units, inputs, samples, rows);
    }

    [Fact]
    public void Results_do_not_depend_on_workers_or_batch()
    {
        Same<Lanes512>();
        Same<Lanes256>();
        Same<ScalarLane>();
    }

    static void Same<T>()
        where T : struct, IMemoryLanes<T>
    {
        var all = Run<T>(70, 1100, 61, 1, workers: 1).Y;
        Assert.Equal(all, Run<T>(70, 1100, 61, 1, workers: 3).Y);
        for (var samples = 1; samples < 61; samples += 7)
        {
            Assert.Equal(all[..(samples * 70)], Run<T>(70, 1100, samples, 1, workers: 2).Y);
        }
    }

    static void Check<T>(int units, int inputs, int samples, int rows)
        where T : struct, IMemoryLanes<T>
    {
        var (x, weight, bias, y) = Run<T>(units, inputs, samples, rows, workers: 2);
        for (var n = 0; n < samples * rows; n++)
        {
            for (var u = 0; u < units; u++)
            {
                var right = (double)bias[u];
                for (var i = 0; i < inputs; i++)
                {
                    right += (double)weight[(u * inputs) + i] * x[(n * inputs) + i];
                }

                Assert.Equal(right, y[(n * units) + u], 2e-5 * Math.Max(1, Math.Sqrt(inputs)));
            }
        }
    }

    /// <summary>What goes in, vector by vector, and what comes out.</summary>
    static unsafe (float[] X, float[] Weight, float[] Bias, float[] Y) Run<T>(int units, int inputs, int samples, int rows, int workers)
        where T : struct, IMemoryLanes<T>
    {
        var random = new Random(5);
        var weight = Fill(random, units * inputs);
        var bias = Fill(random, units);
        var x = Fill(random, samples * rows * inputs);
        var (xRoom, yRoom) = (((rows * inputs) + 15) / 16 * 16, ((rows * units) + 15) / 16 * 16);
        var stride = xRoom + yRoom;
        using var arena = new Floats((long)stride * samples);
        using var plain = new Floats(weight.Length);
        using var offset = new Floats(units);
        using var packed = new Floats(PackedMatrixProduct.PackedSize(units, inputs));
        using var scratch = new Floats(PackedMatrixProduct.ForwardScratch);
        weight.CopyTo(new Span<float>(plain.Pointer, weight.Length));
        bias.CopyTo(new Span<float>(offset.Pointer, units));
        for (var n = 0; n < samples; n++)
        {
            x.AsSpan(n * rows * inputs, rows * inputs).CopyTo(new Span<float>(arena.Pointer + n * stride, rows * inputs));
        }

        foreach (var worker in Team.Of(workers, samples, stride))
        {
            var (begin, end) = worker.Share(PackedMatrixProduct.PackItems(units));
            PackedMatrixProduct.Pack(begin, end, plain.Pointer, packed.Pointer, units, inputs);
        }

        foreach (var worker in Team.Of(workers, samples, stride))
        {
            var (begin, end) = worker.Share(PackedMatrixProduct.ForwardItems(worker, units, rows));
            PackedMatrixProduct.Forward<T, StoreEpilogue<T>>(
                worker, begin, end, arena.Pointer, packed.Pointer, offset.Pointer, scratch.Pointer, units, inputs, new(arena.Pointer + xRoom), rows);
        }

        arena.CheckEnd();
        packed.CheckEnd();
        scratch.CheckEnd();
        var y = new float[samples * rows * units];
        for (var n = 0; n < samples; n++)
        {
            new Span<float>(arena.Pointer + n * stride + xRoom, rows * units).CopyTo(y.AsSpan(n * rows * units));
            for (var behind = rows * units; behind < yRoom; behind++)
            {
                Assert.Equal(0, arena.Pointer[n * stride + xRoom + behind]);
            }
        }

        return (x, weight, bias, y);
    }

    static float[] Fill(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
}
