using NetDsl.Kernels;

namespace NetDsl.Tests.Kernels;

public class PlainMatrixProductTests
{
    [Theory]
    [InlineData(1, 1, 1), InlineData(10, 84, 1), InlineData(10, 84, 3), InlineData(33, 50, 17), InlineData(130, 1601, 2), InlineData(130, 1601, 9)]
    [InlineData(48, 800, 60), InlineData(29, 45, 8), InlineData(16, 16, 5), InlineData(300, 13, 16), InlineData(5, 2100, 20), InlineData(141, 47, 113)]
    public void All_passes_follow_the_definition(int units, int inputs, int samples)
    {
        var check = new PlainCheck(units, inputs, samples);
        check.Run<Lanes512>(1, samples);
        check.Run<Lanes256>(2, samples);
        check.Run<Lanes128>(1, samples);
        check.Run<ScalarLane>(3, samples);
    }

    [Fact]
    public void Results_do_not_depend_on_workers_or_batch()
    {
        var check = new PlainCheck(70, 1000, 61);
        var alone = check.Run<Lanes512>(1, 61);
        Assert.Equal(alone, check.Run<Lanes512>(2, 61));
        Assert.Equal(alone, check.Run<Lanes512>(5, 61));
        for (var samples = 1; samples < 61; samples += 7)
        {
            var few = check.Run<Lanes512>(2, samples);
            Assert.Equal(alone[..few.Length], few);
        }
    }

    [Fact]
    public void Narrow_lanes_do_not_depend_on_the_batch_either()
    {
        var check = new PlainCheck(37, 150, 20);
        var all = check.Run<Lanes256>(1, 20);
        Assert.Equal(all[..(3 * 187)], check.Run<Lanes256>(1, 3));
    }

    [Theory]
    [InlineData(32, 40, 3, 2), InlineData(48, 17, 37, 3), InlineData(16, 5, 2, 1)]
    public void Rows_of_a_sample_are_as_samples_of_a_row(int units, int inputs, int rows, int samples)
    {
        Same<Lanes512>(units, inputs, rows, samples);
        Same<Lanes256>(units, inputs, rows, samples);
        Same<ScalarLane>(units, inputs, rows, samples);
    }

    static unsafe void Same<T>(int units, int inputs, int rows, int samples)
        where T : struct, IMemoryLanes<T>
    {
        var (xRoom, yRoom) = (((rows * inputs) + 15) / 16 * 16, rows * units);
        var stride = xRoom + yRoom;
        using var many = new Floats(stride * samples);
        using var one = new Floats(stride * samples * rows);
        using var weight = new Floats(units * inputs);
        using var bias = new Floats(units);
        using var scratch = new Floats(PlainMatrixProduct.ForwardScratch(units, inputs));
        var random = new Random(9);
        Fill(weight.Pointer, units * inputs);
        Fill(bias.Pointer, units);
        for (var n = 0; n < samples; n++)
        {
            Fill(many.Pointer + n * stride, rows * inputs);
            for (var row = 0; row < rows; row++)
            {
                new Span<float>(many.Pointer + n * stride + row * inputs, inputs).CopyTo(new Span<float>(one.Pointer + (n * rows + row) * stride, inputs));
            }
        }

        foreach (var worker in Team.Of(2, samples, stride))
        {
            var (begin, end) = worker.Share(PlainMatrixProduct.ForwardItems(units, inputs));
            PlainMatrixProduct.Forward<T, StoreEpilogue<T>>(
                worker, begin, end, many.Pointer, weight.Pointer, bias.Pointer, scratch.Pointer, units, inputs, new(many.Pointer + xRoom), rows);
        }

        foreach (var worker in Team.Of(1, samples * rows, stride))
        {
            PlainMatrixProduct.Forward<T, StoreEpilogue<T>>(
                worker, 0, PlainMatrixProduct.ForwardItems(units, inputs), one.Pointer, weight.Pointer, bias.Pointer, scratch.Pointer, units, inputs, new(one.Pointer + xRoom));
        }

        many.CheckEnd();
        for (var n = 0; n < samples * rows; n++)
        {
            var expected = new Span<float>(one.Pointer + n * stride + xRoom, units);
            Assert.Equal(expected.ToArray(), new Span<float>(many.Pointer + n / rows * stride + xRoom + n % rows * units, units).ToArray());
        }

        void Fill(float* target, int count)
        {
            for (var i = 0; i < count; i++)
            {
                target[i] = random.NextSingle() - 0.5f;
            }
        }
    }
}
