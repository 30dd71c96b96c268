using System.Numerics.Tensors;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Tests.Reference;

/// <summary>
/// Convolutions and dense layers of the reference. Networks of ImageNet's size spend all their time here, so a whole row is added at once: the sums are those of the
/// definitions, tap by tap.
/// </summary>
static class LinearFormulas
{
    public static double[]? Evaluate(Node node, double[]?[] x) => node.Operator.Name switch
    {
        "Conv" => Convolution(node, x[0]!, x[1]!, x[2]),
        "ConvTranspose" => Transposed(node, x[0]!, x[1]!, x[2]),
        "Dense" => Dense(x[0]!, x[1]!, x[2]),
        "DenseRows" => [.. x[0]!.Chunk(node.Integer("S")).SelectMany(row => Dense(row, x[1]!, x[2]))],
        _ => null,
    };

    /// <summary>y[u] = Σ x[i] w[u, i] + b[u].</summary>
    public static double[] Dense(double[] x, double[] weight, double[]? bias)
    {
        var result = new double[weight.Length / x.Length];
        Parallel.For(0, result.Length, u => result[u] = TensorPrimitives.Dot<double>(x, weight.AsSpan(u * x.Length, x.Length)) + (bias?[u] ?? 0));
        return result;
    }

    /// <summary>Each place is the sum of what lies below its filter.</summary>
    static double[] Convolution(Node n, double[] x, double[] weight, double[]? bias)
    {
        var (C, H, W, K, HO, WO) = (n.Integer("C"), n.Integer("H"), n.Integer("W"), n.Integer("K"), n.Integer("HO"), n.Integer("WO"));
        var (channels, filters) = (C / n.Integer("group"), K / n.Integer("group"));
        Axis rows = new(n, "Height", H, HO), columns = new(n, "Width", W, WO);
        var (taps, result) = (Taps(channels, rows, columns), new double[K * HO * WO]);
        Parallel.For(0, K, k =>
        {
            result.AsSpan(k * HO * WO, HO * WO).Fill(bias?[k] ?? 0);
            for (var t = 0; t < taps.Length; t++)
            {
                var (c, row, column) = taps[t];
                var factor = weight[(k * taps.Length) + t];
                for (var i = row.First; i < row.Behind; i++)
                {
                    var (to, from) = ((k * HO + i) * WO, ((k / filters * channels + c) * H + row.At(i)) * W);
                    if (columns.Stride == 1)
                    {
                        AddScaled(x.AsSpan(from + column.At(column.First), column.Length), factor, result.AsSpan(to + column.First, column.Length));
                        continue;
                    }

                    for (var j = column.First; j < column.Behind; j++)
                    {
                        result[to + j] += factor * x[from + column.At(j)];
                    }
                }
            }
        });
        return result;
    }

    /// <summary>Each input adds its weighted kernel to the result, as in Caffe's col2im.</summary>
    static double[] Transposed(Node n, double[] x, double[] weight, double[]? bias)
    {
        var (C, H, W, K, HO, WO) = (n.Integer("C"), n.Integer("H"), n.Integer("W"), n.Integer("K"), n.Integer("HO"), n.Integer("WO"));
        var (channels, filters) = (C / n.Integer("group"), K / n.Integer("group"));
        // What a convolution reads is what this writes: its sizes change places.
        Axis rows = new(n, "Height", HO, H), columns = new(n, "Width", WO, W);
        var (taps, result) = (Taps(channels, rows, columns), new double[K * HO * WO]);
        var kernel = rows.Kernel * columns.Kernel;
        Parallel.For(0, K, k =>
        {
            result.AsSpan(k * HO * WO, HO * WO).Fill(bias?[k] ?? 0);
            for (var t = 0; t < taps.Length; t++)
            {
                var (c, row, column) = taps[t];
                var channel = k / filters * channels + c;
                var factor = weight[(channel * filters + k % filters) * kernel + t % kernel];
                for (var i = row.First; i < row.Behind; i++)
                {
                    var (to, from) = ((k * HO + row.At(i)) * WO, (channel * H + i) * W);
                    for (var j = column.First; j < column.Behind; j++)
                    {
                        result[to + column.At(j)] += factor * x[from + j];
                    }
                }
            }
        });
        return result;
    }

    static (int Channel, Tap Row, Tap Column)[] Taps(int channels, Axis rows, Axis columns) =>
        [.. from c in Enumerable.Range(0, channels) from r in Enumerable.Range(0, rows.Kernel) from s in Enumerable.Range(0, columns.Kernel) select (c, rows.Tap(r), columns.Tap(s))];

    static void AddScaled(ReadOnlySpan<double> x, double factor, Span<double> sum) => TensorPrimitives.MultiplyAdd(x, factor, sum, sum);

    /// <summary>One axis of sliding windows.</summary>
    /// <param name="Size">Places of the image.</param>
    /// <param name="Windows">Places of a window.</param>
    /// <param name="Kernel">Taps of a window.</param>
    /// <param name="Stride">Places from a window to the next.</param>
    /// <param name="Padding">Places before the image.</param>
    /// <param name="Dilation">Places from a tap to the next.</param>
    readonly record struct Axis(int Size, int Windows, int Kernel, int Stride, int Padding, int Dilation)
    {
        public Axis(Node n, string axis, int size, int windows)
            : this(size, windows, n.Integer("kernel" + axis), n.Integer("stride" + axis), n.Integer("padding" + axis), n.Integer("dilation" + axis))
        {
        }

        public Tap Tap(int number)
        {
            var (axis, offset) = (this, number * Dilation - Padding);
            int[] inside = [.. Enumerable.Range(0, Windows).Where(window => window * axis.Stride + offset is var at && at >= 0 && at < axis.Size)];
            return inside.Length == 0 ? default : new(inside[0], inside[^1] + 1, Stride, offset);
        }
    }

    /// <summary>The windows, from the first to behind the last, in which a tap lies on the image.</summary>
    readonly record struct Tap(int First, int Behind, int Stride, int Offset)
    {
        public int Length => Behind - First;

        /// <summary>Where in the image.</summary>
        public int At(int window) => window * Stride + Offset;
    }
}
