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

    [Theory]
    [InlineData(-20f), InlineData(-0.7f), InlineData(-1e-4f), InlineData(0.3f), InlineData(0.65f), InlineData(50f)]
    public void Tanh_agrees_with_the_library(float x) => Agrees(x, MathF.Tanh(x), LanesMath.Tanh(Lanes512.Create(x)), LanesMath.Tanh(ScalarLane.Create(x)));

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
