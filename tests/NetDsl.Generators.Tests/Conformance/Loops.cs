namespace NetDsl.Generators.Tests.Conformance;

/// <summary>Caffe's layers as loops over the indices of one sample, row-major, in double precision.</summary>
static class Loops
{
    /// <param name="x">[C, H, W].</param>
    /// <param name="weight">[filters, C / group, kernel, kernel].</param>
    public static double[] Convolution(
        double[] x, (int C, int H, int W) shape, double[] weight, double[]? bias, int filters,
        (int H, int W) kernel, (int H, int W) stride, (int H, int W) padding, (int H, int W) dilation, int group)
    {
        var (h, w) = (((shape.H + (2 * padding.H) - (dilation.H * (kernel.H - 1)) - 1) / stride.H) + 1, ((shape.W + (2 * padding.W) - (dilation.W * (kernel.W - 1)) - 1) / stride.W) + 1);
        var channels = shape.C / group;
        return Gather([filters, h, w], y =>
        {
            var sum = bias?[y[0]] ?? 0;
            var first = y[0] / (filters / group) * channels;
            for (var c = 0; c < channels; c++)
            {
                for (var i = 0; i < kernel.H; i++)
                {
                    for (var j = 0; j < kernel.W; j++)
                    {
                        var (row, column) = ((y[1] * stride.H) - padding.H + (i * dilation.H), (y[2] * stride.W) - padding.W + (j * dilation.W));
                        if (row >= 0 && row < shape.H && column >= 0 && column < shape.W)
                        {
                            sum += x[((((first + c) * shape.H) + row) * shape.W) + column] * weight[((((y[0] * channels) + c) * kernel.H) + i) * kernel.W + j];
                        }
                    }
                }
            }

            return sum;
        });
    }

    /// <param name="x">[C, H, W].</param>
    /// <param name="weight">[C, filters / group, kernel, kernel].</param>
    public static double[] Deconvolution(
        double[] x, (int C, int H, int W) shape, double[] weight, double[]? bias, int filters,
        (int H, int W) kernel, (int H, int W) stride, (int H, int W) padding, (int H, int W) dilation, int group)
    {
        var (h, w) = ((stride.H * (shape.H - 1)) + (dilation.H * (kernel.H - 1)) + 1 - (2 * padding.H), (stride.W * (shape.W - 1)) + (dilation.W * (kernel.W - 1)) + 1 - (2 * padding.W));
        var perGroup = filters / group;
        var y = Gather([filters, h, w], i => bias?[i[0]] ?? 0);
        for (var c = 0; c < shape.C; c++)
        {
            for (var at = 0; at < shape.H * shape.W; at++)
            {
                for (var f = 0; f < perGroup; f++)
                {
                    for (var tap = 0; tap < kernel.H * kernel.W; tap++)
                    {
                        var (row, column) = ((at / shape.W * stride.H) - padding.H + (tap / kernel.W * dilation.H), (at % shape.W * stride.W) - padding.W + (tap % kernel.W * dilation.W));
                        if (row >= 0 && row < h && column >= 0 && column < w)
                        {
                            y[((((c / (shape.C / group) * perGroup) + f) * h) + row) * w + column] += x[(c * shape.H * shape.W) + at] * weight[(((c * perGroup) + f) * kernel.H * kernel.W) + tap];
                        }
                    }
                }
            }
        }

        return y;
    }

    /// <summary>Caffe rounds up, and drops a last window that begins behind the input and its padding; an average counts the padding that its window covers, up to the padded border.</summary>
    public static double[] Pooling(double[] x, (int C, int H, int W) shape, bool max, (int H, int W) kernel, (int H, int W) stride, (int H, int W) padding, bool floor)
    {
        int Size(int size, int k, int s, int p)
        {
            var count = (floor ? (int)Math.Floor((size + (2 * p) - k) / (double)s) : (int)Math.Ceiling((size + (2 * p) - k) / (double)s)) + 1;
            return (padding.H > 0 || padding.W > 0) && (count - 1) * s >= size + p ? count - 1 : count;
        }

        return Gather([shape.C, Size(shape.H, kernel.H, stride.H, padding.H), Size(shape.W, kernel.W, stride.W, padding.W)], y =>
        {
            var (top, left) = ((y[1] * stride.H) - padding.H, (y[2] * stride.W) - padding.W);
            var (bottom, right) = (Math.Min(top + kernel.H, shape.H + padding.H), Math.Min(left + kernel.W, shape.W + padding.W));
            var (largest, sum) = (double.NegativeInfinity, 0.0);
            for (var row = Math.Max(top, 0); row < Math.Min(bottom, shape.H); row++)
            {
                for (var column = Math.Max(left, 0); column < Math.Min(right, shape.W); column++)
                {
                    var value = x[(((y[0] * shape.H) + row) * shape.W) + column];
                    (largest, sum) = (Math.Max(largest, value), sum + value);
                }
            }

            return max ? largest : sum / ((bottom - top) * (right - left));
        });
    }

    public static double[] LrnAcross(double[] x, (int C, int H, int W) shape, int size, double alpha, double beta, double k)
    {
        var plane = shape.H * shape.W;
        return [.. x.Select((value, i) =>
        {
            var channels = Enumerable.Range((i / plane) - ((size - 1) / 2), size).Where(c => c >= 0 && c < shape.C);
            return value * Math.Pow(k + (alpha / size * channels.Sum(c => x[(c * plane) + (i % plane)] * x[(c * plane) + (i % plane)])), -beta);
        })];
    }

    /// <summary>The mean counts what lies outside as zeros.</summary>
    public static double[] LrnWithin(double[] x, (int C, int H, int W) shape, int size, double alpha, double beta)
    {
        var squares = Pooling([.. x.Select(static v => v * v)], shape, max: false, (size, size), (1, 1), (size / 2, size / 2), floor: false);
        return [.. x.Select((value, i) => value * Math.Pow(1 + (alpha * squares[i]), -beta))];
    }

    /// <summary>With aligned corners.</summary>
    public static double[] Interpolation(double[] x, (int C, int H, int W) shape, int height, int width) => Gather([shape.C, height, width], y =>
    {
        var row = height > 1 ? y[1] * (shape.H - 1.0) / (height - 1) : 0;
        var column = width > 1 ? y[2] * (shape.W - 1.0) / (width - 1) : 0;
        double At(int i, int j) => x[(((y[0] * shape.H) + Math.Min(i, shape.H - 1)) * shape.W) + Math.Min(j, shape.W - 1)];
        var (top, left) = ((int)(row + 1e-9), (int)(column + 1e-9));
        var (down, right) = (row - top, column - left);
        return ((1 - down) * (((1 - right) * At(top, left)) + (right * At(top, left + 1)))) + (down * (((1 - right) * At(top + 1, left)) + (right * At(top + 1, left + 1))));
    });

    public static double[] Reduction(double[] x, int[] shape, string operation, int axis, double coefficient)
    {
        var count = shape.Skip(axis - 1).Aggregate(1, static (a, b) => a * b);
        return [.. x.Chunk(count).Select(row => coefficient * operation switch
        {
            "Sum" => row.Sum(),
            "AbsoluteSum" => row.Sum(Math.Abs),
            "SquareSum" => row.Sum(static v => v * v),
            _ => row.Average(),
        })];
    }

    /// <param name="x">Rows of equal length, each normalised by itself.</param>
    public static double[] Mvn(double[] x, int rows, int length, bool variance, double epsilon)
    {
        Assert.Equal(x.Length, rows * length);
        return [.. x.Chunk(length).SelectMany(row =>
        {
            var mean = row.Average();
            var deviation = Math.Sqrt(row.Average(v => (v - mean) * (v - mean))) + epsilon;
            return row.Select(v => (v - mean) / (variance ? deviation : 1));
        })];
    }

    /// <summary>Divides by the root of the sum of squares and epsilon, over all positions or at each.</summary>
    public static double[] L2(double[] x, int channels, int positions, bool across, double epsilon)
    {
        Assert.Equal(x.Length, channels * positions);
        return [.. x.Select((value, i) => value / Math.Sqrt(epsilon + x.Where((_, k) => across || k % positions == i % positions).Sum(static v => v * v)))];
    }

    /// <summary>A result element by element.</summary>
    public static double[] Gather(int[] sizes, Func<int[], double> element)
    {
        var result = new double[sizes.Aggregate(1, static (a, b) => a * b)];
        var index = new int[sizes.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var rest = i;
            for (var axis = sizes.Length - 1; axis >= 0; axis--)
            {
                (rest, index[axis]) = (rest / sizes[axis], rest % sizes[axis]);
            }

            result[i] = element(index);
        }

        return result;
    }
}
