using NetDsl.Runtime;

namespace NetDsl.Tests.Runtime;

public class InitializerTests
{
    [Fact]
    public void Xavier_and_Msra_have_Caffes_bounds_and_deviations()
    {
        foreach (var expected in Golden.Group("fillers").GetProperty("xavier").EnumerateArray())
        {
            var shape = expected.GetProperty("shape").EnumerateArray().Select(static size => size.GetInt32()).ToArray();
            Assert.Equal(expected.GetProperty("fan_in").GetInt32(), Initializers.FanIn(Parameter(Initializer.Xavier, shape)));

            var bound = expected.GetProperty("bound_FAN_IN").GetDouble();
            var xavier = Fill(Parameter(Initializer.Xavier, shape));
            Assert.All(xavier, value => Assert.InRange(Math.Abs(value), 0, bound * (1 + 1e-6)));
            Near(bound / Math.Sqrt(3), Deviation(xavier), xavier.Length);
            Assert.True(xavier.Max() > bound * 0.95 && xavier.Min() < -bound * 0.95);

            var msra = Fill(Parameter(Initializer.Msra, shape));
            Near(expected.GetProperty("msra_std_FAN_IN").GetDouble(), Deviation(msra), msra.Length);
        }
    }

    [Fact]
    public void A_sparse_Gaussian_connects_an_input_with_so_many_outputs()
    {
        var sparse = Fill(Parameter(Initializer.SparseGaussian, [1000, 784], 15));
        var connected = sparse.Where(static value => value != 0).ToArray();
        Near(15.0 * 784, connected.Length, 784);
        Near(1, Deviation(connected), connected.Length);
    }

    [Fact]
    public void Bilinear_has_Caffes_values()
    {
        foreach (var kernel in Golden.Group("bilinear_filler").EnumerateObject())
        {
            var size = int.Parse(kernel.Name, System.Globalization.CultureInfo.InvariantCulture);
            var expected = kernel.Value.EnumerateArray().SelectMany(static row => row.EnumerateArray()).Select(static value => value.GetDouble()).ToArray();
            var actual = Fill(Parameter(Initializer.Bilinear, [2, 1, size, size]));
            Assert.All(actual.Select((value, i) => Math.Abs(value - expected[i % expected.Length])), static error => Assert.InRange(error, 0, 1e-7));
        }
    }

    [Fact]
    public void Interpolation_is_bilinear_within_each_channel_and_nothing_between_two()
    {
        var bilinear = Fill(Parameter(Initializer.Bilinear, [3, 3, 4, 4]));
        var expected = bilinear.Select(static (value, i) => i / 16 / 3 == i / 16 % 3 ? value : 0);
        Assert.Equal(expected, Fill(Parameter(Initializer.Interpolation, [3, 3, 4, 4])));
    }

    [Fact]
    public void Bilinear_takes_square_planes_only()
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => Fill(Parameter(Initializer.Bilinear, [1, 1, 3, 4])));
        Assert.Equal("Parameter p of shape [1, 1, 3, 4] cannot start bilinear: that takes four axes, the last two equal.", thrown.Message);
    }

    [Fact]
    public void The_others_are_what_they_say()
    {
        Assert.All(Fill(Parameter(Initializer.Zeros, [7])), static value => Assert.Equal(0, value));
        Assert.All(Fill(Parameter(Initializer.Ones, [7])), static value => Assert.Equal(1, value));
        Assert.All(Fill(Parameter(Initializer.Constant, [7], 0.25f)), static value => Assert.Equal(0.25f, value));
        var uniform = Fill(Parameter(Initializer.Uniform, [100, 100], 0.3f));
        Assert.All(uniform, static value => Assert.InRange(value, -0.3f, 0.3f));
        Near(0.3 / Math.Sqrt(3), Deviation(uniform), uniform.Length);
        var gaussian = Fill(Parameter(Initializer.Gaussian, [100, 100], 0.01f));
        Near(0.01, Deviation(gaussian), gaussian.Length);
        Assert.InRange(gaussian.Count(static value => MathF.Abs(value) < 0.01f) / 10000.0, 0.66, 0.71);
        var rows = Fill(Parameter(Initializer.PositiveUnitBall, [5, 40])).Chunk(40);
        Assert.All(rows, static row =>
        {
            Assert.Equal(1, row.Sum(), 1e-5f);
            Assert.All(row, static value => Assert.True(value >= 0));
        });
    }

    [Fact]
    public void Values_depend_on_seed_and_name_alone()
    {
        var parameter = Parameter(Initializer.Xavier, [10, 10]);
        Assert.Equal(Fill(parameter), Fill(parameter with { Offset = 160 }));
        Assert.NotEqual(Fill(parameter), Fill(parameter with { Path = "q" }));
        Assert.NotEqual(Fill(parameter), Fill(parameter, seed: 4));
        Assert.Equal(100, Fill(parameter).Distinct().Count());
    }

    [Fact]
    public void These_bits_are_promised_across_releases() =>
        Assert.Equal([-0.612295866f, 0.199671432f, 0.568805158f, 0.697254717f], Fill(Parameter(Initializer.Xavier, [2, 2])));

    static ParameterDefinition Parameter(Initializer initializer, int[] shape, float value = 0) => new("p", shape, 0, initializer, value);

    static float[] Fill(ParameterDefinition parameter, ulong seed = 3)
    {
        var values = new float[parameter.Count];
        Initializers.Fill(parameter, seed, values);
        return values;
    }

    static double Deviation(float[] values) => Math.Sqrt(values.Average(static value => (double)value * value));

    /// <summary>Within four standard errors of a deviation estimated from this many numbers.</summary>
    static void Near(double expected, double actual, int count) => Assert.InRange(actual / expected, 1 - (4 / Math.Sqrt(2 * count)), 1 + (4 / Math.Sqrt(2 * count)));
}
