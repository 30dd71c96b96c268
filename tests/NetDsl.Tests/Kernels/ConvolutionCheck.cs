using NetDsl.Kernels;

namespace NetDsl.Tests.Kernels;

/// <summary>
/// Runs an algorithm over some samples whose arena is full of garbage and compares all three passes with the reference; padded lanes of the inputs hold
/// garbage too, those of the results must be zeros.
/// </summary>
sealed unsafe class ConvolutionCheck
{
    readonly ConvolutionShape shape;
    readonly ConvolutionReference[] samples;
    readonly double[] weight;
    readonly double[] bias;
    readonly double[] channelBias;
    readonly double[] dweight;
    readonly double[] dbias;
    readonly double tolerance;
    readonly int xSize;
    readonly int ySize;

    public ConvolutionCheck(ConvolutionShape shape, int sampleCount, double tolerance)
    {
        this.shape = shape;
        this.tolerance = tolerance;
        var random = new Random(1);
        weight = ConvolutionReference.Fill(random, shape.Filters * (shape.Channels / shape.Group) * shape.KernelHeight * shape.KernelWidth);
        bias = ConvolutionReference.Fill(random, shape.Filters);
        channelBias = ConvolutionReference.Fill(random, shape.Channels);
        dweight = new double[weight.Length];
        dbias = new double[shape.Filters];
        samples = [.. Enumerable.Range(0, sampleCount).Select(n => new ConvolutionReference(shape, n + 2))];
        Array.ForEach(samples, s => s.Compute(weight, bias, dweight, dbias));
        xSize = ChannelBlocks.Count(shape.Channels) * 16 * shape.Height * shape.Width;
        ySize = ChannelBlocks.Count(shape.Filters) * 16 * shape.OutputHeight * shape.OutputWidth;
    }

    /// <summary>All passes; returns every bit of every result, to compare with other teams.</summary>
    public int[] Run<T, TConvolution>(int workers, bool gradients = true)
        where T : struct, IMemoryLanes<T>
        where TConvolution : IConvolution
    {
        var bits = new List<int>();
        Pass<T, TConvolution>(workers, false, bits);
        if (gradients)
        {
            Pass<T, TConvolution>(workers, true, bits);
            WeightGradient<T, TConvolution>(workers, bits);
        }

        return [.. bits];
    }

    void Pass<T, TConvolution>(int workers, bool gradient, List<int> bits)
        where T : struct, IMemoryLanes<T>
        where TConvolution : IConvolution
    {
        var inputSize = gradient ? ySize : xSize;
        var resultSize = gradient ? xSize : ySize;
        using var arena = new Floats((long)samples.Length * (inputSize + resultSize));
        using var w = Plain(weight);
        using var b = Plain(gradient ? channelBias : bias);
        using var packed = new Floats(TConvolution.PackedSize(shape, gradient));
        using var scratch = new Floats(TConvolution.Scratch(shape, gradient));
        for (var n = 0; n < samples.Length; n++)
        {
            var target = arena.Pointer + n * (inputSize + resultSize);
            if (gradient)
            {
                Block(samples[n].Dy, shape.Filters, target);
            }
            else
            {
                Input(samples[n].X, target);
            }
        }

        var y = arena.Pointer + inputSize;
        foreach (var worker in Team.Of(workers, samples.Length, inputSize + resultSize))
        {
            var (begin, end) = worker.Share(TConvolution.PackItems(shape, gradient));
            TConvolution.Pack<T>(worker, begin, end, w.Pointer, packed.Pointer, shape, gradient);
        }

        foreach (var worker in Team.Of(workers, samples.Length, inputSize + resultSize))
        {
            var (begin, end) = worker.Share(TConvolution.Items(shape, gradient, samples.Length));
            TConvolution.Run<T>(worker, begin, end, arena.Pointer, packed.Pointer, b.Pointer, scratch.Pointer, y, shape, gradient);
        }

        packed.CheckEnd();
        scratch.CheckEnd();
        arena.CheckEnd();
        for (var n = 0; n < samples.Length; n++)
        {
            var plane = gradient ? shape.Height * shape.Width : shape.OutputHeight * shape.OutputWidth;
            var expected = gradient ? [.. samples[n].Dx.Select((d, i) => d + channelBias[i / plane])] : samples[n].Y;
            Compare(expected, plane, y + n * (inputSize + resultSize), bits, gradient ? "dx" : "y");
            for (var i = 0; i < inputSize && n + 1 < samples.Length; i += 997)
            {
                Assert.False(float.IsNaN(arena.Pointer[n * (inputSize + resultSize) + i]));
            }
        }
    }

    void WeightGradient<T, TConvolution>(int workers, List<int> bits)
        where T : struct, IMemoryLanes<T>
        where TConvolution : IConvolution
    {
        using var arena = new Floats((long)samples.Length * (xSize + ySize));
        using var dw = new Floats(weight.Length);
        using var db = new Floats(shape.Filters);
        using var scratch = new Floats(TConvolution.WeightGradientScratch(shape));
        for (var n = 0; n < samples.Length; n++)
        {
            Input(samples[n].X, arena.Pointer + n * (xSize + ySize));
            Block(samples[n].Dy, shape.Filters, arena.Pointer + n * (xSize + ySize) + xSize);
        }

        foreach (var worker in Team.Of(workers, samples.Length, xSize + ySize))
        {
            var (begin, end) = worker.Share(TConvolution.WeightGradientItems(shape, workers));
            TConvolution.WeightGradient<T>(worker, begin, end, arena.Pointer + xSize, arena.Pointer, dw.Pointer, scratch.Pointer, shape);
            (begin, end) = worker.Share(DirectConvolution.BiasGradientItems(shape.Filters));
            DirectConvolution.BiasGradient<T>(worker, begin, end, arena.Pointer + xSize, db.Pointer, shape.Filters, shape.OutputHeight * shape.OutputWidth);
        }

        scratch.CheckEnd();
        dw.CheckEnd();
        db.CheckEnd();
        Near(dweight, dw.Pointer, bits, "dweight");
        Near(dbias, db.Pointer, bits, "dbias");
    }

    void Near(double[] expected, float* actual, List<int> bits, string what)
    {
        var scale = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * scale, $"{what}[{i}] is {actual[i]}, not {expected[i]}");
            bits.Add(BitConverter.SingleToInt32Bits(actual[i]));
        }
    }

    void Compare(double[] expected, int plane, float* actual, List<int> bits, string what)
    {
        var scale = expected.Max(Math.Abs);
        var channels = expected.Length / plane;
        for (var c = 0; c < ChannelBlocks.Count(channels) * 16; c++)
        {
            for (var i = 0; i < plane; i++)
            {
                var value = actual[((c / 16 * plane) + i) * 16 + c % 16];
                var right = c < channels ? expected[c * plane + i] : 0;
                Assert.True(Math.Abs(right - value) <= (c < channels ? tolerance * scale : 0), $"{what}[{c}, {i}] is {value}, not {right}");
                bits.Add(BitConverter.SingleToInt32Bits(value));
            }
        }
    }

    static Floats Plain(double[] values)
    {
        // The bias may be read up to a multiple of 16; what lies there is not its own.
        var floats = new Floats((values.Length + 15) / 16 * 16);
        for (var i = 0; i < values.Length; i++)
        {
            floats.Pointer[i] = (float)values[i];
        }

        return floats;
    }

    void Input(double[] values, float* target)
    {
        if (shape.Input == InputOrder.Blocks)
        {
            Block(values, shape.Channels, target);
            return;
        }

        for (var i = 0; i < values.Length; i++)
        {
            target[i] = (float)values[i];
        }
    }

    static void Block(double[] values, int channels, float* target)
    {
        var plane = values.Length / channels;
        for (var c = 0; c < channels; c++)
        {
            for (var i = 0; i < plane; i++)
            {
                target[((c / 16 * plane) + i) * 16 + c % 16] = (float)values[c * plane + i];
            }
        }
    }
}
