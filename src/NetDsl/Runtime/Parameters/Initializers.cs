using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace NetDsl.Runtime;

/// <summary>
/// Caffe's fillers (include/caffe/filler.hpp). The numbers are drawn by counters from the run's seed and the parameter's name, so they depend
/// neither on the other parameters nor on the number of threads.
/// </summary>
public static class Initializers
{
    /// <summary>Fills a parameter as its definition says.</summary>
    /// <exception cref="InvalidOperationException">A bilinear initializer on a parameter whose shape is not [_, _, k, k].</exception>
    public static void Fill(ParameterDefinition parameter, ulong seed, Span<float> data)
    {
        var random = new CounterRandom(seed ^ XxHash3.HashToUInt64(MemoryMarshal.AsBytes(parameter.Path.AsSpan())));
        switch (parameter.Initializer)
        {
            case Initializer.Zeros:
                data.Clear();
                break;
            case Initializer.Ones:
                data.Fill(1);
                break;
            case Initializer.Constant:
                data.Fill(parameter.Value);
                break;
            case Initializer.Xavier:
                Uniform(random, Math.Sqrt(3.0 / FanIn(parameter)), data);
                break;
            case Initializer.Msra:
                Normal(random, Math.Sqrt(2.0 / FanIn(parameter)), data);
                break;
            case Initializer.Gaussian:
                Normal(random, parameter.Value, data);
                break;
            case Initializer.SparseGaussian:
                SparseNormal(random, parameter.Value / parameter.Shape[0], data);
                break;
            case Initializer.Uniform:
                Uniform(random, parameter.Value, data);
                break;
            case Initializer.PositiveUnitBall:
                PositiveUnitBall(random, parameter.Shape[0], data);
                break;
            case Initializer.Bilinear:
                Bilinear(parameter, data);
                break;
            case Initializer.Interpolation:
                Bilinear(parameter, data);
                KeepDiagonal(parameter.Shape, data);
                break;
            case Initializer.Identity:
                Identity(parameter.Shape[1], parameter.Value, data);
                break;
            default:
                throw new InvalidOperationException($"Parameter {parameter.Path} has the unknown initializer {parameter.Initializer}.");
        }
    }

    /// <summary>Values that meet in one output: all but the first axis. A transposed convolution's first axis is its input, as in Caffe.</summary>
    public static int FanIn(ParameterDefinition parameter) => parameter.Count / parameter.Shape[0];

    static void Uniform(CounterRandom random, double bound, Span<float> data)
    {
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = (float)(((2 * random.Uniform(i)) - 1) * bound);
        }
    }

    static void Normal(CounterRandom random, double deviation, Span<float> data)
    {
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = (float)(random.Normal(i) * deviation);
        }
    }

    static void SparseNormal(CounterRandom random, double probability, Span<float> data)
    {
        // Which weights there are is drawn behind the normals, which take two numbers each.
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = random.Uniform((2L * data.Length) + i) < probability ? (float)random.Normal(i) : 0;
        }
    }

    static void PositiveUnitBall(CounterRandom random, int rows, Span<float> data)
    {
        var length = data.Length / rows;
        for (var row = 0; row < rows; row++)
        {
            var values = data.Slice(row * length, length);
            var sum = 0.0;
            for (var i = 0; i < length; i++)
            {
                values[i] = (float)random.Uniform(((long)row * length) + i);
                sum += values[i];
            }

            for (var i = 0; i < length; i++)
            {
                values[i] = (float)(values[i] / sum);
            }
        }
    }

    static void Identity(int columns, float value, Span<float> data)
    {
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = i / columns == i % columns ? value : 0;
        }
    }

    static void Bilinear(ParameterDefinition parameter, Span<float> data)
    {
        if (parameter.Shape is not [_, _, var height, var width] || height != width)
        {
            throw new InvalidOperationException(
                $"Parameter {parameter.Path} of shape [{string.Join(", ", parameter.Shape)}] cannot start bilinear: that takes four axes, the last two equal.");
        }

        var factor = (width + 1) / 2;
        var centre = (width - 1) / (2.0 * factor);
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = (float)(Weight(i % width) * Weight(i / width % height));
        }

        double Weight(int at) => 1 - Math.Abs(((double)at / factor) - centre);
    }

    /// <summary>Zeroes the planes of one channel that go to another.</summary>
    static void KeepDiagonal(IReadOnlyList<int> shape, Span<float> data)
    {
        var plane = shape[2] * shape[3];
        for (var from = 0; from < shape[0]; from++)
        {
            for (var to = 0; to < shape[1]; to++)
            {
                if (from != to)
                {
                    data.Slice(((from * shape[1]) + to) * plane, plane).Clear();
                }
            }
        }
    }
}
