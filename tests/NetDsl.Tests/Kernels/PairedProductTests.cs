using NetDsl.Kernels;

namespace NetDsl.Tests.Kernels;

/// <summary>Dense layers by Winograd's inner products, which add inputs to weights: neither may be lost beside the other.</summary>
public class PairedProductTests
{
    const int Units = 40;
    const int Inputs = 127;
    const int Samples = 13;

    /// <summary>Powers of ten: of the inputs, and of the weights.</summary>
    [Theory]
    [InlineData(0, 0), InlineData(6, -6), InlineData(-6, 6), InlineData(30, -30), InlineData(-30, 30), InlineData(-12, -12), InlineData(18, 18), InlineData(-37, 2), InlineData(37.5, -20)]
    public void The_error_is_small_beside_the_largest_input_and_the_largest_weight_whatever_their_sizes(double inputs, double weights)
    {
        var (x, weight) = (Numbers(1, Samples * Inputs, Math.Pow(10, inputs)), Numbers(2, Units * Inputs, Math.Pow(10, weights)));
        var y = Run(x, weight, new float[Units]);
        for (var n = 0; n < Samples; n++)
        {
            var largest = Largest(x.AsSpan(n * Inputs, Inputs));
            for (var u = 0; u < Units; u++)
            {
                var bound = 1e-6 * Math.Sqrt(Inputs) * largest * Largest(weight.AsSpan(u * Inputs, Inputs));
                Assert.Equal(Product(x, weight, n, u), y[(n * Units) + u], bound);
            }
        }
    }

    [Fact]
    public void Each_vector_and_each_unit_has_a_scale_of_its_own()
    {
        var (x, weight) = (Numbers(1, Samples * Inputs, 1), Numbers(2, Units * Inputs, 1));
        for (var i = 0; i < Inputs; i++)
        {
            x[(3 * Inputs) + i] *= 1e-8f;
            weight[(5 * Inputs) + i] *= 1e-8f;
        }

        var y = Run(x, weight, new float[Units]);
        for (var u = 0; u < Units; u++)
        {
            Assert.Equal(Product(x, weight, 3, u), y[(3 * Units) + u], 1e-13);
            Assert.Equal(Product(x, weight, 2, 5), y[(2 * Units) + 5], 1e-13);
        }
    }

    [Fact]
    public void What_is_zero_leaves_the_bias_as_it_is()
    {
        var (x, weight, bias) = (Numbers(1, Samples * Inputs, 1), Numbers(2, Units * Inputs, 1), Numbers(3, Units, 1));
        x.AsSpan(4 * Inputs, Inputs).Clear();
        weight.AsSpan(7 * Inputs, Inputs).Clear();
        var y = Run(x, weight, bias);
        Assert.Equal(bias, y[(4 * Units)..(5 * Units)]);
        Assert.All(Enumerable.Range(0, Samples), n => Assert.Equal(bias[7], y[(n * Units) + 7]));
    }

    [Theory]
    [InlineData(float.NaN), InlineData(float.PositiveInfinity), InlineData(float.NegativeInfinity)]
    public void What_is_no_number_stays_none_and_spoils_no_other_vector(float value)
    {
        var (x, weight) = (Numbers(1, Samples * Inputs, 1), Numbers(2, Units * Inputs, 1));
        var whole = Run(x, weight, new float[Units]);
        x[(6 * Inputs) + 50] = value;
        var y = Run(x, weight, new float[Units]);
        Assert.All(y[(6 * Units)..(7 * Units)], static v => Assert.False(float.IsFinite(v)));
        Assert.Equal(whole[..(6 * Units)], y[..(6 * Units)]);
        Assert.Equal(whole[(7 * Units)..], y[(7 * Units)..]);
    }

    static float[] Numbers(int seed, int count, double scale)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() - 0.5) * scale))];
    }

    static float Largest(ReadOnlySpan<float> values)
    {
        var largest = 0f;
        foreach (var value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }

    static double Product(float[] x, float[] weight, int n, int u) => Enumerable.Range(0, Inputs).Sum(i => (double)x[(n * Inputs) + i] * weight[(u * Inputs) + i]);

    static unsafe float[] Run(float[] x, float[] weight, float[] bias)
    {
        const int room = 48;
        var stride = ((Inputs + 15) / 16 * 16) + room;
        using var arena = new Floats(stride * Samples);
        using var plain = new Floats(weight.Length);
        using var offset = new Floats(Units);
        using var packed = new Floats(PackedMatrixProduct.PairedPackedSize(Units, Inputs));
        using var scratch = new Floats(PackedMatrixProduct.PairedForwardScratch(Inputs));
        weight.CopyTo(new Span<float>(plain.Pointer, weight.Length));
        bias.CopyTo(new Span<float>(offset.Pointer, Units));
        for (var n = 0; n < Samples; n++)
        {
            x.AsSpan(n * Inputs, Inputs).CopyTo(new Span<float>(arena.Pointer + (n * stride), Inputs));
        }

        var worker = Team.Of(1, Samples, stride)[0];
        PackedMatrixProduct.PackPaired(0, PackedMatrixProduct.PackItems(Units), plain.Pointer, packed.Pointer, Units, Inputs);
        PackedMatrixProduct.ForwardPaired<Lanes512, StoreEpilogue<Lanes512>>(
            worker, 0, PackedMatrixProduct.ForwardItems(worker, Units, 1), arena.Pointer, packed.Pointer, offset.Pointer, scratch.Pointer, Units, Inputs, new(arena.Pointer + stride - room));
        var y = new float[Samples * Units];
        for (var n = 0; n < Samples; n++)
        {
            new Span<float>(arena.Pointer + (n * stride) + stride - room, Units).CopyTo(y.AsSpan(n * Units));
        }

        return y;
    }
}
