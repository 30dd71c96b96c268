using ILGPU;
using NetDsl.Runtime;

namespace NetDsl.Tests.Runtime;

/// <summary>The same network as GPU kernels.</summary>
static class RegressionSimt
{
    const int Features = Regression.Features;
    const int SampleSize = Features + 3;
    const int Bias = 48;

    public static SimtProgram Create(bool training) => new([
        new("Dense1", Dense, new(1, Batched: true)),
        new("Loss", Loss, new(1, Batched: false)),
        .. training ? new SimtKernel[] { new("Dense1Gradient", Gradient, new(Features + 1, Batched: false)) } : [],
    ]);

    static void Dense(Index1D item, ArrayView<float> samples, ArrayView<float> constants, ArrayView<float> parameters, ArrayView<float> gradients, SimtStep step)
    {
        var sample = (long)item.X * SampleSize;
        var y = parameters[Bias];
        for (var i = 0; i < Features; i++)
        {
            y += parameters[i] * samples[sample + i];
        }

        samples[sample + Features + 1] = y;
    }

    static void Loss(Index1D item, ArrayView<float> samples, ArrayView<float> constants, ArrayView<float> parameters, ArrayView<float> gradients, SimtStep step)
    {
        var sum = 0f;
        for (var n = 0; n < step.Samples; n++)
        {
            var sample = (long)n * SampleSize;
            var error = samples[sample + Features + 1] - samples[sample + Features];
            sum += error * error / 2;
            samples[sample + Features + 2] = error / step.Samples;
        }

        constants[0] = sum / step.Samples;
    }

    static void Gradient(Index1D item, ArrayView<float> samples, ArrayView<float> constants, ArrayView<float> parameters, ArrayView<float> gradients, SimtStep step)
    {
        var sum = 0f;
        for (var n = 0; n < step.Samples; n++)
        {
            var sample = (long)n * SampleSize;
            var x = item < Features ? samples[sample + item] : 1;
            sum += samples[sample + Features + 2] * x;
        }

        gradients[item < Features ? (int)item : Bias] = sum;
    }
}
