using NetDsl.Kernels;

namespace NetDsl.Tests.Kernels;

public unsafe class SampleProductTests
{
    [Theory]
    [InlineData(1, 1, 1, 1), InlineData(10, 84, 3, 1), InlineData(33, 50, 17, 1), InlineData(13, 161, 80, 1), InlineData(29, 45, 33, 3), InlineData(11, 7, 1, 5)]
    [InlineData(24, 16, 64, 2), InlineData(25, 9, 16, 1), InlineData(7, 530, 150, 1), InlineData(20, 300, 20, 6)]
    public void All_passes_follow_the_definition(int units, int inputs, int samples, int rows)
    {
        var sizes = (units, inputs, samples, rows);
        Assert.Equal(Run<Lanes512>(1, sizes), Run<Lanes512>(3, sizes));
        Assert.Equal(Run<Lanes256>(1, sizes), Run<Lanes256>(2, sizes));
        Run<Lanes128>(3, sizes);
        Run<ScalarLane>(1, sizes);
    }

    static int[] Run<T>(int workers, (int Units, int Inputs, int Samples, int Rows) sizes)
        where T : struct, IMemoryLanes<T>
    {
        var (units, inputs, samples, rows) = sizes;
        var random = new Random(3);
        var weight = ConvolutionReference.Fill(random, units * inputs);
        var bias = ConvolutionReference.Fill(random, units);
        double[][] x = [.. Enumerable.Range(0, samples).Select(_ => ConvolutionReference.Fill(random, rows * inputs))];
        double[][] dy = [.. Enumerable.Range(0, samples).Select(_ => ConvolutionReference.Fill(random, rows * units))];
        var (xSize, ySize) = (rows * inputs * 16, rows * units * 16);
        var stride = 2 * (xSize + ySize);
        using var arena = new Floats((long)stride * SampleBlock.Count(samples));
        using var w = new Floats(weight.Length);
        using var b = new Floats(units);
        using var dw = new Floats(weight.Length);
        using var scratch = new Floats(SampleProduct.WeightGradientScratch);
        for (var i = 0; i < weight.Length; i++)
        {
            w.Pointer[i] = (float)weight[i];
        }

        for (var i = 0; i < units; i++)
        {
            b.Pointer[i] = (float)bias[i];
        }

        float* xs = arena.Pointer, ys = xs + xSize, dys = ys + ySize, dxs = dys + ySize;
        SampleMemoryBlocks.Put(x, xs, stride);
        SampleMemoryBlocks.Put(dy, dys, stride);
        foreach (var worker in Team.Of(workers, samples, stride, SampleBlock.Count(samples)))
        {
            var (begin, end) = worker.Share(SampleProduct.ForwardItems<T>(worker, units, rows));
            SampleProduct.Forward<T, StoreEpilogue<T>>(worker, begin, end, xs, w.Pointer, b.Pointer, units, inputs, new(ys), rows);
            (begin, end) = worker.Share(SampleProduct.InputGradientItems<T>(worker, inputs, rows));
            SampleProduct.InputGradient<T, StoreEpilogue<T>>(worker, begin, end, dys, w.Pointer, units, inputs, new(dxs), rows);
            (begin, end) = worker.Share(SampleProduct.WeightGradientItems(units, inputs));
            SampleProduct.WeightGradient<T>(worker, begin, end, dys, xs, dw.Pointer, scratch.Pointer, units, inputs, rows);
        }

        arena.CheckEnd();
        dw.CheckEnd();
        scratch.CheckEnd();
        var bits = new List<int>();
        SampleMemoryBlocks.Near([.. x.Select(sample => Rows(rows, units, (r, u) => bias[u] + Sum(inputs, i => weight[u * inputs + i] * sample[r * inputs + i])))], ys, stride, 2e-5, bits, "y");
        SampleMemoryBlocks.Near([.. dy.Select(sample => Rows(rows, inputs, (r, i) => Sum(units, u => weight[u * inputs + i] * sample[r * units + u])))], dxs, stride, 2e-5, bits, "dx");
        for (var k = 0; k < weight.Length; k++)
        {
            var (u, i) = (k / inputs, k % inputs);
            var expected = Sum(samples, n => Sum(rows, r => dy[n][r * units + u] * x[n][r * inputs + i]));
            Assert.True(Math.Abs(expected - dw.Pointer[k]) <= 2e-5 * Math.Max(1, samples * rows / 4), $"dweight[{u}, {i}] is {dw.Pointer[k]}, not {expected}");
            bits.Add(BitConverter.SingleToInt32Bits(dw.Pointer[k]));
        }

        return [.. bits];
    }

    static double[] Rows(int rows, int width, Func<int, int, double> element) =>
        [.. from r in Enumerable.Range(0, rows) from i in Enumerable.Range(0, width) select element(r, i)];

    static double Sum(int count, Func<int, double> term) => Enumerable.Range(0, count).Sum(term);
}
