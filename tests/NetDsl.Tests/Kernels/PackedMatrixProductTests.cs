using NetDsl.Kernels;

namespace NetDsl.Tests.Kernels;

public class PackedMatrixProductTests
{
    enum Form
    {
        Single,
        Half,
        Paired,
    }

    [Theory]
    [InlineData(1, 1, 1, 1), InlineData(10, 84, 1, 1), InlineData(10, 84, 3, 1), InlineData(33, 50, 17, 1), InlineData(130, 1601, 2, 1), InlineData(64, 2100, 9, 1)]
    [InlineData(141, 47, 113, 1), InlineData(97, 16, 2, 1), InlineData(32, 40, 3, 2), InlineData(48, 17, 2, 61), InlineData(16, 5, 1, 50)]
    [InlineData(33, 1100, 8, 1), InlineData(64, 50, 14, 1), InlineData(40, 1050, 20, 1), InlineData(64, 30, 1, 23)]
    public void Results_follow_the_definition(int units, int inputs, int samples, int rows)
    {
        Check<Lanes512>(units, inputs, samples, rows);
        Check<Lanes256>(units, inputs, samples, rows);
        Check<Lanes128>(units, inputs, samples, rows);
        Check<ScalarLane>(units, inputs, samples, rows);
    }

    [Theory]
    [InlineData(1, 1, 1, 1), InlineData(10, 84, 1, 1), InlineData(10, 84, 3, 1), InlineData(33, 51, 17, 1), InlineData(130, 1601, 2, 1), InlineData(64, 2100, 9, 1)]
    [InlineData(141, 47, 113, 1), InlineData(70, 1025, 5, 1), InlineData(32, 40, 3, 2), InlineData(48, 17, 2, 61), InlineData(16, 5, 1, 50)]
    [InlineData(33, 1100, 8, 1), InlineData(64, 50, 14, 1), InlineData(40, 1050, 20, 1), InlineData(64, 30, 1, 23)]
    public void Weights_of_sixteen_bits_give_what_the_rounded_weights_give(int units, int inputs, int samples, int rows)
    {
        Check<Lanes512>(units, inputs, samples, rows, Form.Half);
        Check<Lanes256>(units, inputs, samples, rows, Form.Half);
        Check<Lanes128>(units, inputs, samples, rows, Form.Half);
        Check<ScalarLane>(units, inputs, samples, rows, Form.Half);
    }

    [Theory]
    [InlineData(1, 1, 1, 1), InlineData(10, 84, 1, 1), InlineData(10, 85, 3, 1), InlineData(33, 50, 17, 1), InlineData(130, 1024, 2, 1), InlineData(64, 1000, 9, 1)]
    [InlineData(141, 47, 113, 1), InlineData(97, 16, 2, 1), InlineData(32, 40, 3, 2), InlineData(48, 17, 2, 61), InlineData(16, 5, 1, 50), InlineData(33, 2, 4, 1)]
    [InlineData(512, 128, 8, 1), InlineData(512, 128, 1, 32), InlineData(64, 3, 13, 1), InlineData(40, 48, 20, 1), InlineData(64, 30, 1, 23), InlineData(64, 96, 7, 1)]
    public void Pairs_give_the_same_but_for_rounding(int units, int inputs, int samples, int rows) => Check<Lanes512>(units, inputs, samples, rows, Form.Paired);

    [Theory]
    [InlineData(0x3F800000u, 0x3F80u), InlineData(0x3F808000u, 0x3F80u), InlineData(0x3F808001u, 0x3F81u), InlineData(0x3F818000u, 0x3F82u), InlineData(0xBF807FFFu, 0xBF80u)]
    [InlineData(0x7F7FFFFFu, 0x7F80u), InlineData(0xFF800000u, 0xFF80u), InlineData(0x7F800001u, 0x7FC0u), InlineData(0x80000000u, 0x8000u), InlineData(0x00008001u, 0x0001u)]
    public unsafe void Weights_are_rounded_to_the_nearest_ties_to_even(uint weight, uint rounded)
    {
        using var packed = new Floats(PackedMatrixProduct.HalfPackedSize(1, 1));
        PackedMatrixProduct.PackHalf(0, 1, (float*)&weight, packed.Pointer, 1, 1);
        Assert.Equal(rounded, *(uint*)packed.Pointer);
    }

    [Fact]
    public void Results_do_not_depend_on_workers_or_batch()
    {
        Same<Lanes512>();
        Same<Lanes256>();
        Same<ScalarLane>();
        Same<Lanes512>(Form.Half);
        Same<Lanes256>(Form.Half);
        Same<ScalarLane>(Form.Half);
        Same<Lanes512>(Form.Paired);
    }

    static void Same<T>(Form form = Form.Single)
        where T : struct, IMemoryLanes<T>
    {
        var all = Run<T>(70, 1101, 61, 1, workers: 1, form).Y;
        Assert.Equal(all, Run<T>(70, 1101, 61, 1, workers: 3, form).Y);
        for (var samples = 1; samples < 61; samples += 7)
        {
            Assert.Equal(all[..(samples * 70)], Run<T>(70, 1101, samples, 1, workers: 2, form).Y);
        }
    }

    static void Check<T>(int units, int inputs, int samples, int rows, Form form = Form.Single)
        where T : struct, IMemoryLanes<T>
    {
        var (x, weight, bias, y) = Run<T>(units, inputs, samples, rows, workers: 2, form);
        if (form == Form.Half)
        {
            // Independent of the library's rounding: the nearest of the two neighbours with eight bits of precision.
            weight = [.. weight.Select(static w => MathF.ScaleB(MathF.Round(MathF.ScaleB(w, 7 - MathF.ILogB(w))), MathF.ILogB(w) - 7))];
        }

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
    static unsafe (float[] X, float[] Weight, float[] Bias, float[] Y) Run<T>(int units, int inputs, int samples, int rows, int workers, Form form)
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
        using var packed = new Floats(form switch
        {
            Form.Half => PackedMatrixProduct.HalfPackedSize(units, inputs),
            Form.Paired => PackedMatrixProduct.PairedPackedSize(units, inputs),
            _ => PackedMatrixProduct.PackedSize(units, inputs),
        });
        using var scratch = new Floats(form switch
        {
            Form.Half => PackedMatrixProduct.HalfForwardScratch,
            Form.Paired => PackedMatrixProduct.PairedForwardScratch(inputs),
            _ => PackedMatrixProduct.ForwardScratch,
        });
        weight.CopyTo(new Span<float>(plain.Pointer, weight.Length));
        bias.CopyTo(new Span<float>(offset.Pointer, units));
        for (var n = 0; n < samples; n++)
        {
            x.AsSpan(n * rows * inputs, rows * inputs).CopyTo(new Span<float>(arena.Pointer + n * stride, rows * inputs));
        }

        foreach (var worker in Team.Of(workers, samples, stride))
        {
            var (begin, end) = worker.Share(PackedMatrixProduct.PackItems(units));
            switch (form)
            {
                case Form.Half:
                    PackedMatrixProduct.PackHalf(begin, end, plain.Pointer, packed.Pointer, units, inputs);
                    break;
                case Form.Paired:
                    PackedMatrixProduct.PackPaired(begin, end, plain.Pointer, packed.Pointer, units, inputs);
                    break;
                default:
                    PackedMatrixProduct.Pack(begin, end, plain.Pointer, packed.Pointer, units, inputs);
                    break;
            }
        }

        foreach (var worker in Team.Of(workers, samples, stride))
        {
            var (begin, end) = worker.Share(PackedMatrixProduct.ForwardItems(worker, units, rows));
            var result = new StoreEpilogue<T>(arena.Pointer + xRoom);
            switch (form)
            {
                case Form.Half:
                    PackedMatrixProduct.ForwardHalf<T, StoreEpilogue<T>>(worker, begin, end, arena.Pointer, packed.Pointer, offset.Pointer, scratch.Pointer, units, inputs, result, rows);
                    break;
                case Form.Paired:
                    PackedMatrixProduct.ForwardPaired<T, StoreEpilogue<T>>(worker, begin, end, arena.Pointer, packed.Pointer, offset.Pointer, scratch.Pointer, units, inputs, result, rows);
                    break;
                default:
                    PackedMatrixProduct.Forward<T, StoreEpilogue<T>>(worker, begin, end, arena.Pointer, packed.Pointer, offset.Pointer, scratch.Pointer, units, inputs, result, rows);
                    break;
            }
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
