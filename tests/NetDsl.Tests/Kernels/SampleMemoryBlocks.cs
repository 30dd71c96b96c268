using NetDsl.Kernels;

namespace NetDsl.Tests.Kernels;

/// <summary>Samples put into the lanes of blocks, and compared there.</summary>
static unsafe class SampleMemoryBlocks
{
    /// <summary>Element i of sample n goes to lane n % 16 of block n / 16. Lanes without a sample hold zeros.</summary>
    public static void Put(double[][] samples, float* target, long stride)
    {
        for (var n = 0; n < SampleBlock.Count(samples.Length) * 16; n++)
        {
            for (var i = 0; i < samples[0].Length; i++)
            {
                target[n / 16 * stride + i * 16 + n % 16] = n < samples.Length ? (float)samples[n][i] : 0;
            }
        }
    }

    /// <summary>Compares every sample and returns its bits.</summary>
    public static void Near(double[][] expected, float* actual, long stride, double tolerance, List<int> bits, string what)
    {
        var scale = Math.Max(1, expected.Max(static e => e.Max(Math.Abs)));
        for (var n = 0; n < expected.Length; n++)
        {
            for (var i = 0; i < expected[n].Length; i++)
            {
                var value = actual[n / 16 * stride + i * 16 + n % 16];
                Assert.True(Math.Abs(expected[n][i] - value) <= tolerance * scale, $"{what}[{i}] of sample {n} is {value}, not {expected[n][i]}");
                bits.Add(BitConverter.SingleToInt32Bits(value));
            }
        }
    }
}
