using NetDsl.Kernels;

namespace NetDsl.Tests.Kernels;

/// <summary>A convolution and its gradients as the definition says, in double precision, one sample, row-major.</summary>
sealed class ConvolutionReference
{
    public ConvolutionReference(ConvolutionShape shape, int seed)
    {
        Shape = shape;
        var random = new Random(seed);
        X = Fill(random, shape.Channels * shape.Height * shape.Width);
        Dy = Fill(random, shape.Filters * shape.OutputHeight * shape.OutputWidth);
        Y = new double[Dy.Length];
        Dx = new double[X.Length];
    }

    public ConvolutionShape Shape { get; }

    public double[] X { get; }

    public double[] Dy { get; }

    public double[] Y { get; }

    public double[] Dx { get; }

    public static double[] Fill(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (double)(float)(random.NextDouble() * 2 - 1))];

    /// <summary>Fills Y and Dx and adds to the gradients by weight and bias.</summary>
    public void Compute(double[] weight, double[] bias, double[] dweight, double[] dbias)
    {
        var s = Shape;
        var channels = s.Channels / s.Group;
        for (var k = 0; k < s.Filters; k++)
        {
            var first = k / (s.Filters / s.Group) * channels;
            for (var oh = 0; oh < s.OutputHeight; oh++)
            {
                for (var ow = 0; ow < s.OutputWidth; ow++)
                {
                    var y = (k * s.OutputHeight + oh) * s.OutputWidth + ow;
                    Y[y] = bias[k];
                    dbias[k] += Dy[y];
                    for (var c = 0; c < channels; c++)
                    {
                        for (var kh = 0; kh < s.KernelHeight; kh++)
                        {
                            for (var kw = 0; kw < s.KernelWidth; kw++)
                            {
                                var h = oh * s.StrideHeight - s.PaddingHeight + kh * s.DilationHeight;
                                var w = ow * s.StrideWidth - s.PaddingWidth + kw * s.DilationWidth;
                                if (h >= 0 && h < s.Height && w >= 0 && w < s.Width)
                                {
                                    var x = ((first + c) * s.Height + h) * s.Width + w;
                                    var i = ((k * channels + c) * s.KernelHeight + kh) * s.KernelWidth + kw;
                                    Y[y] += X[x] * weight[i];
                                    Dx[x] += Dy[y] * weight[i];
                                    dweight[i] += Dy[y] * X[x];
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
