using NetDsl.Kernels;

namespace NetDsl.Tests.Kernels;

/// <summary>The lattice against the exact sum over all pairs of points, in double precision.</summary>
public class PermutohedralLatticeTests
{
    const int Height = 24, Width = 20, Points = Height * Width;

    /// <summary>Smooth values, as probabilities are: what filters see.</summary>
    static readonly float[] Smooth = [.. Enumerable.Range(0, Points).Select(static i => (float)(0.5 + 0.5 * Math.Sin(i % Width * 0.4) * Math.Cos(i / Width * 0.3)))];

    [Theory]
    [InlineData(1.5), InlineData(3), InlineData(8)]
    public void A_spatial_filter_is_near_the_exact_sum(double deviation) => Near(Features(deviation, 0), 2);

    [Theory]
    [InlineData(3, 40), InlineData(8, 40), InlineData(20, 90)]
    public void A_bilateral_filter_is_near_the_exact_sum(double position, double colour) => Near(Features(position, colour), 5);

    [Fact]
    public void What_is_the_same_everywhere_stays_as_it_is()
    {
        var lattice = Build(Features(4, 30), 5);
        float[] x = [.. Enumerable.Repeat(2.5f, Points), .. Enumerable.Repeat(-1f, Points)];
        lattice.Filter(x, x, 2);
        Assert.All(x[..Points], static y => Assert.Equal(2.5f, y, 1e-5f));
        Assert.All(x[Points..], static y => Assert.Equal(-1f, y, 1e-5f));
    }

    /// <summary>The derivative of y_i by x_j is what a unit at j gives at i; the transpose of a unit at i gives it at j.</summary>
    [Theory]
    [InlineData(0, 2), InlineData(30, 5)]
    public void The_transpose_is_the_gradient(double colour, int dimensions)
    {
        var lattice = Build(Features(3, colour), dimensions);
        var (input, output) = (new float[Points], new float[Points]);
        foreach (var (i, j) in new[] { (0, 0), (7, 8), (100, 121), (121, 100), (Points - 1, Points - 2), (40, 300) })
        {
            Array.Clear(input);
            Array.Clear(output);
            input[j] = 1;
            output[i] = 1;
            lattice.Filter(input, input, 1);
            lattice.Transposed(output, output, 1);
            Assert.Equal(input[i], output[j], 1e-6f);
        }

        // And for all of them at once: ⟨v, L u⟩ = ⟨Lᵀ v, u⟩.
        var random = new Random(5);
        float[] u = [.. Enumerable.Range(0, 3 * Points).Select(_ => random.NextSingle() - 0.5f)];
        float[] v = [.. Enumerable.Range(0, 3 * Points).Select(_ => random.NextSingle() - 0.5f)];
        var (forward, backward) = (new float[u.Length], new float[u.Length]);
        lattice.Filter(u, forward, 3);
        lattice.Transposed(v, backward, 3);
        Assert.Equal(v.Zip(forward, static (a, b) => (double)a * b).Sum(), backward.Zip(u, static (a, b) => (double)a * b).Sum(), 1e-3);
    }

    [Fact]
    public void A_lattice_that_is_built_again_is_as_new()
    {
        var used = Build(Features(2, 20), 5);
        used.Build(Features(5, 0), 2);
        var (expected, actual) = (new float[Points], new float[Points]);
        Build(Features(5, 0), 2).Filter(Smooth, expected, 1);
        used.Filter(Smooth, actual, 1);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Features_that_are_no_numbers_are_refused()
    {
        var problem = Assert.Throws<ArgumentException>(static () => Build([0, 1, float.NaN, 2], 2));
        Assert.StartsWith("The feature NaN is not a number that a lattice can place", problem.Message, StringComparison.Ordinal);
    }

    static void Near(float[] features, int dimensions)
    {
        var expected = Exact(features, dimensions, Smooth);
        var actual = new float[Points];
        Build(features, dimensions).Filter(Smooth, actual, 1);
        var errors = expected.Zip(actual, static (a, b) => Math.Abs(a - b)).ToList();

        // The values' range is one. A sum over a single point, or over all, would be off by 0.1 and more on average.
        Assert.True(errors.Average() < 0.02, $"off by {errors.Average():F4} on average");
        Assert.True(errors.Max() < 0.12, $"off by {errors.Max():F4} at worst");
        Assert.True(expected.Zip(Smooth, static (a, b) => Math.Abs(a - b)).Average() > 0.02, "The exact filter changes nothing: this compares nothing.");
    }

    static PermutohedralLattice Build(float[] features, int dimensions)
    {
        var lattice = new PermutohedralLattice();
        lattice.Build(features, dimensions);
        return lattice;
    }

    /// <summary>Two halves of different colours with some noise.</summary>
    static float[] Features(double position, double colour)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, Points).SelectMany(i => new[] { i % Width / position, i / Width / position }
            .Concat(colour == 0 ? [] : Enumerable.Range(0, 3).Select(c => ((i % Width < Width / 2 ? 60 : 180) + 10 * c + random.Next(15)) / colour)).Select(static f => (float)f))];
    }

    static double[] Exact(float[] features, int dimensions, float[] x) => [.. Enumerable.Range(0, Points).Select(i =>
    {
        var (sum, norm) = (0.0, 0.0);
        for (var j = 0; j < Points; j++)
        {
            var square = 0.0;
            for (var k = 0; k < dimensions; k++)
            {
                var difference = (double)features[i * dimensions + k] - features[j * dimensions + k];
                square += difference * difference;
            }

            var weight = Math.Exp(-square / 2);
            (sum, norm) = (sum + weight * x[j], norm + weight);
        }

        return sum / norm;
    })];
}
