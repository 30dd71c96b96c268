using NetDsl.Kernels;

namespace NetDsl.Tests;

public unsafe class LanesTests
{
    [Theory]
    [InlineData(-100f), InlineData(-87f), InlineData(-1e-3f), InlineData(0f), InlineData(0.5f), InlineData(3f), InlineData(88f), InlineData(100f)]
    public void Exp_agrees_with_the_library(float x) => Agrees(x, MathF.Exp(x), LanesMath.Exp(Lanes512.Create(x)), LanesMath.Exp(ScalarLane.Create(x)));

    [Theory]
    [InlineData(1e-30f), InlineData(0.1f), InlineData(1f), InlineData(1.5f), InlineData(1e20f), InlineData(0f)]
    public void Log_agrees_with_the_library(float x) => Agrees(x, MathF.Log(x), LanesMath.Log(Lanes512.Create(x)), LanesMath.Log(ScalarLane.Create(x)));

    [Fact]
    public void Sigmoid_is_exact_to_three_units_of_its_last_place() => LanesAccuracy.Check<SigmoidOf<Lanes512>, SigmoidOf<Lanes256>, SigmoidOf<Lanes128>, SigmoidOf<ScalarLane>>(
        static x => 1 / (1 + Math.Exp(-x)), units: 3);

    [Fact]
    public void Tanh_is_exact_to_three_units_of_its_last_place() => LanesAccuracy.Check<TanhOf<Lanes512>, TanhOf<Lanes256>, TanhOf<Lanes128>, TanhOf<ScalarLane>>(
        Math.Tanh, units: 3);

    [Theory]
    [InlineData(float.NaN, float.NaN, float.NaN)]
    [InlineData(float.PositiveInfinity, 1, 1)]
    [InlineData(float.NegativeInfinity, 0, -1)]
    [InlineData(float.MaxValue, 1, 1)]
    [InlineData(float.MinValue, 0, -1)]
    [InlineData(0f, 0.5f, 0)]
    [InlineData(1e-40f, 0.5f, 1e-40f)]
    [InlineData(-1e-40f, 0.5f, -1e-40f)]
    public void Limits_of_sigmoid_and_tanh(float x, float sigmoid, float tanh)
    {
        Assert.All([At<SigmoidOf<Lanes512>>(x), At<SigmoidOf<Lanes256>>(x), At<SigmoidOf<Lanes128>>(x), At<SigmoidOf<ScalarLane>>(x)], y => Assert.Equal(sigmoid, y));
        Assert.All([At<TanhOf<Lanes512>>(x), At<TanhOf<Lanes256>>(x), At<TanhOf<Lanes128>>(x), At<TanhOf<ScalarLane>>(x)], y => Assert.Equal(tanh, y));

        static float At<TFunction>(float x)
            where TFunction : struct, ILanesFunction
        {
            var y = 0f;
            TFunction.Apply(&x, &y, 1);
            return y;
        }
    }

    [Fact]
    public void Every_width_draws_the_same_uniform_numbers()
    {
        var drawn = stackalloc float[16];
        Lanes512.Store(drawn, Lanes512.Uniform(7, 11, 32));
        for (var lane = 0; lane < 16; lane++)
        {
            Assert.Equal(drawn[lane], ScalarLane.Uniform(7, 11, 32 + (uint)lane).Value);
        }

        var half = stackalloc float[8];
        Lanes256.Store(half, Lanes256.Uniform(7, 11, 40));
        Assert.Equal(drawn[9], half[1]);
        Assert.InRange(new Span<float>(drawn, 16).ToArray().Average(), 0.2f, 0.8f);
    }

    static void Agrees(float x, float expected, Lanes512 wide, ScalarLane scalar)
    {
        var lanes = stackalloc float[16];
        Lanes512.Store(lanes, wide);
        foreach (var actual in new[] { lanes[3], scalar.Value })
        {
            if (float.IsInfinity(expected))
            {
                Assert.Equal(expected, actual);
            }
            else
            {
                Assert.True(MathF.Abs(expected - actual) <= 4e-7f * MathF.Max(MathF.Abs(expected), 1e-30f), $"f({x}) = {actual}, expected {expected}");
            }
        }
    }
}
