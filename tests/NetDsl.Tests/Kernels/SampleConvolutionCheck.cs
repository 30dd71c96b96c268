using NetDsl.Kernels;
using NetDsl.Runtime;

namespace NetDsl.Tests.Kernels;

/// <summary>Runs all passes of the convolution of sample blocks over garbage and compares them with the reference.</summary>
sealed unsafe class SampleConvolutionCheck
{
    /// <summary>Relative to the largest value: a plain sum of products, and what the transforms' rounding costs.</summary>
    const double Tolerance = 2e-5;
    const double WinogradTolerance = 1e-4;

    readonly ConvolutionShape shape;
    readonly bool winograd;
    readonly ConvolutionReference[] samples;
    readonly double[] weight;
    readonly double[] bias;
    readonly double[] dweight;
    readonly int xSize;
    readonly int ySize;

    public SampleConvolutionCheck(ConvolutionShape shape, int sampleCount, bool winograd = false)
    {
        this.shape = shape;
        this.winograd = winograd;
        var random = new Random(1);
        weight = ConvolutionReference.Fill(random, shape.Filters * (shape.Channels / shape.Group) * shape.KernelHeight * shape.KernelWidth);
        bias = ConvolutionReference.Fill(random, shape.Filters);
        dweight = new double[weight.Length];
        samples = [.. Enumerable.Range(0, sampleCount).Select(n => new ConvolutionReference(shape, n + 2))];
        Array.ForEach(samples, s => s.Compute(weight, bias, dweight, new double[bias.Length]));
        xSize = samples[0].X.Length * 16;
        ySize = samples[0].Y.Length * 16;
    }

    /// <summary>The bits of y, dx and dweight.</summary>
    public int[] Run<T>(int workers)
        where T : struct, IMemoryLanes<T>
    {
        var stride = 2 * (xSize + ySize);
        using var arena = new Floats((long)stride * SampleBlock.Count(samples.Length));
        using var w = new Floats(weight.Length);
        using var b = new Floats(bias.Length);
        using var dw = new Floats(weight.Length);
        using var scratch = new Floats(SampleConvolution.WeightGradientScratch(shape));
        Put(weight, w.Pointer);
        Put(bias, b.Pointer);
        float* xs = arena.Pointer, ys = xs + xSize, dys = ys + ySize, dxs = dys + ySize;
        SampleMemoryBlocks.Put([.. samples.Select(static s => s.X)], xs, stride);
        SampleMemoryBlocks.Put([.. samples.Select(static s => s.Dy)], dys, stride);
        foreach (var worker in Team.Of(workers, samples.Length, stride, SampleBlock.Count(samples.Length)))
        {
            if (winograd)
            {
                Winograd<T>(worker, xs, ys, dys, dxs, w.Pointer, b.Pointer);
            }
            else
            {
                Direct<T>(worker, xs, ys, dys, dxs, w.Pointer, b.Pointer);
            }

            var (begin, end) = worker.Share(SampleConvolution.WeightGradientItems(shape));
            SampleConvolution.WeightGradient<T>(worker, begin, end, dys, xs, dw.Pointer, scratch.Pointer, shape);
        }

        arena.CheckEnd();
        dw.CheckEnd();
        scratch.CheckEnd();
        var bits = new List<int>();
        var tolerance = winograd ? WinogradTolerance : Tolerance;
        SampleMemoryBlocks.Near([.. samples.Select(static s => s.Y)], ys, stride, tolerance, bits, "y");
        SampleMemoryBlocks.Near([.. samples.Select(static s => s.Dx)], dxs, stride, tolerance, bits, "dx");
        var scale = dweight.Max(Math.Abs);
        for (var i = 0; i < dweight.Length; i++)
        {
            Assert.True(Math.Abs(dweight[i] - dw.Pointer[i]) <= Tolerance * scale, $"dweight[{i}] is {dw.Pointer[i]}, not {dweight[i]}");
            bits.Add(BitConverter.SingleToInt32Bits(dw.Pointer[i]));
        }

        return [.. bits];
    }

    void Direct<T>(CpuWorker worker, float* x, float* y, float* dy, float* dx, float* w, float* b)
        where T : struct, IMemoryLanes<T>
    {
        var (begin, end) = worker.Share(SampleConvolution.ForwardItems<T>(worker, shape));
        SampleConvolution.Forward<T, StoreEpilogue<T>>(worker, begin, end, x, w, b, shape, new(y));
        (begin, end) = worker.Share(SampleConvolution.InputGradientItems<T>(worker, shape));
        SampleConvolution.InputGradient<T, StoreEpilogue<T>>(worker, begin, end, dy, w, shape, new(dx));
    }

    void Winograd<T>(CpuWorker worker, float* x, float* y, float* dy, float* dx, float* w, float* b)
        where T : struct, IMemoryLanes<T>
    {
        using var packed = new Floats(SampleWinograd.PackedSize(shape));
        using var scratch = new Floats(SampleWinograd.ForwardScratch(shape));
        using var gradientScratch = new Floats(SampleWinograd.InputGradientScratch(shape));
        SampleWinograd.Pack<T>(0, SampleWinograd.PackItems(shape), w, packed.Pointer, shape);
        var (begin, end) = worker.Share(SampleWinograd.ForwardItems<T>(worker, shape));
        SampleWinograd.Forward<T, StoreEpilogue<T>>(worker, begin, end, x, packed.Pointer, b, scratch.Pointer, shape, new(y));
        (begin, end) = worker.Share(SampleWinograd.InputGradientItems(worker, shape));
        SampleWinograd.InputGradient<T, StoreEpilogue<T>>(worker, begin, end, dy, packed.Pointer, gradientScratch.Pointer, shape, new(dx));
        packed.CheckEnd();
        scratch.CheckEnd();
        gradientScratch.CheckEnd();
    }

    static void Put(double[] values, float* target)
    {
        for (var i = 0; i < values.Length; i++)
        {
            target[i] = (float)values[i];
        }
    }
}
