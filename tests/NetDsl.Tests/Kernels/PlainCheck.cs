using NetDsl.Kernels;

namespace NetDsl.Tests.Kernels;

/// <summary>Runs all passes of the dense layer over garbage and compares them with loops in double precision.</summary>
sealed unsafe class PlainCheck
{
    readonly int units;
    readonly int inputs;
    readonly double[] weight;
    readonly double[] bias;
    readonly double[][] x;
    readonly double[][] dy;
    readonly int xRoom;
    readonly int yRoom;

    public PlainCheck(int units, int inputs, int samples)
    {
        this.units = units;
        this.inputs = inputs;
        var random = new Random(3);
        weight = ConvolutionReference.Fill(random, units * inputs);
        bias = ConvolutionReference.Fill(random, units);
        x = [.. Enumerable.Range(0, samples).Select(_ => ConvolutionReference.Fill(random, inputs))];
        dy = [.. Enumerable.Range(0, samples).Select(_ => ConvolutionReference.Fill(random, units))];
        xRoom = (inputs + 15) / 16 * 16;
        yRoom = (units + 15) / 16 * 16;
    }

    /// <summary>The bits of y and dx, sample by sample: they must not depend on workers or on the other samples.</summary>
    public int[] Run<T>(int workers, int samples)
        where T : struct, IMemoryLanes<T>
    {
        var stride = 2 * (xRoom + yRoom);
        using var arena = new Floats((long)stride * samples);
        using var w = new Floats(weight.Length);
        using var b = new Floats(units);
        using var dw = new Floats(weight.Length);
        using var db = new Floats(units);
        using var scratch = new Floats(Math.Max(
            PlainMatrixProduct.ForwardScratch(units, inputs),
            Math.Max(PlainMatrixProduct.InputGradientScratch(units, inputs), PlainMatrixProduct.WeightGradientScratch(units, inputs))));
        Put(weight, w.Pointer);
        Put(bias, b.Pointer);
        float* xs = arena.Pointer, ys = xs + xRoom, dys = ys + yRoom, dxs = dys + yRoom;
        for (var n = 0; n < samples; n++)
        {
            Put(x[n], xs + n * stride);
            Put(dy[n], dys + n * stride);
        }

        foreach (var worker in Team.Of(workers, samples, stride))
        {
            var (begin, end) = worker.Share(PlainMatrixProduct.ForwardItems(units, inputs));
            PlainMatrixProduct.Forward<T, StoreEpilogue<T>>(worker, begin, end, xs, w.Pointer, b.Pointer, scratch.Pointer, units, inputs, new(ys));
            (begin, end) = worker.Share(PlainMatrixProduct.InputGradientItems(units, inputs));
            PlainMatrixProduct.InputGradient<T, StoreEpilogue<T>>(worker, begin, end, dys, w.Pointer, scratch.Pointer, units, inputs, new(dxs));
            (begin, end) = worker.Share(PlainMatrixProduct.WeightGradientItems(units, inputs));
            PlainMatrixProduct.WeightGradient<T>(worker, begin, end, dys, xs, dw.Pointer, scratch.Pointer, units, inputs);
            (begin, end) = worker.Share(PlainMatrixProduct.BiasGradientItems(units));
            PlainMatrixProduct.BiasGradient<T>(worker, begin, end, dys, db.Pointer, units);
        }

        arena.CheckEnd();
        dw.CheckEnd();
        db.CheckEnd();
        scratch.CheckEnd();
        var bits = new List<int>();
        for (var n = 0; n < samples; n++)
        {
            Near([.. Enumerable.Range(0, units).Select(u => bias[u] + Enumerable.Range(0, inputs).Sum(i => weight[u * inputs + i] * x[n][i]))], ys + n * stride, yRoom, bits);
            Near([.. Enumerable.Range(0, inputs).Select(i => Enumerable.Range(0, units).Sum(u => weight[u * inputs + i] * dy[n][u]))], dxs + n * stride, xRoom, bits);
        }

        Near([.. Enumerable.Range(0, units * inputs).Select(k => Enumerable.Range(0, samples).Sum(n => dy[n][k / inputs] * x[n][k % inputs]))], dw.Pointer, weight.Length, []);
        Near([.. Enumerable.Range(0, units).Select(u => Enumerable.Range(0, samples).Sum(n => dy[n][u]))], db.Pointer, units, []);
        return [.. bits];
    }

    static void Put(double[] values, float* target)
    {
        for (var i = 0; i < values.Length; i++)
        {
            target[i] = (float)values[i];
        }
    }

    static void Near(double[] expected, float* actual, int room, List<int> bits)
    {
        var scale = Math.Max(1, expected.Max(Math.Abs));
        for (var i = 0; i < room; i++)
        {
            var right = i < expected.Length ? expected[i] : 0;
            Assert.True(Math.Abs(right - actual[i]) <= (i < expected.Length ? 2e-5 * scale : 0), $"element {i} is {actual[i]}, not {right}");
            if (i < expected.Length)
            {
                bits.Add(BitConverter.SingleToInt32Bits(actual[i]));
            }
        }
    }
}
