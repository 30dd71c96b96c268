using NetDsl.Kernels;

namespace NetDsl.Tests.Kernels;

public class LanesTests
{
    /// <summary>The processor's instruction takes its second operand where the first is not greater, and so does what stands in for it: the order decides.</summary>
    [Theory]
    [InlineData(1, 2, 2), InlineData(2, 1, 2), InlineData(float.NaN, 1, 1), InlineData(1, float.NaN, float.NaN)]
    [InlineData(float.NegativeInfinity, float.NaN, float.NaN), InlineData(float.PositiveInfinity, 1, float.PositiveInfinity)]
    public void Larger_is_the_first_where_it_is_greater_and_else_the_second(float a, float b, float larger)
    {
        Check<Lanes512>(a, b, larger);
        Check<Lanes256>(a, b, larger);
        Check<Lanes128>(a, b, larger);
        Check<ScalarLane>(a, b, larger);
    }

    [Fact]
    public void Of_two_zeros_the_second_is_taken()
    {
        Larger_is_the_first_where_it_is_greater_and_else_the_second(0f, -0f, -0f);
        Larger_is_the_first_where_it_is_greater_and_else_the_second(-0f, 0f, 0f);
    }

    static unsafe void Check<T>(float a, float b, float larger)
        where T : struct, IMemoryLanes<T>
    {
        using var result = new Floats(16);
        T.Store(result.Pointer, T.Larger(T.Create(a), T.Create(b)));
        for (var lane = 0; lane < T.Count; lane++)
        {
            Assert.Equal(BitConverter.SingleToInt32Bits(larger), BitConverter.SingleToInt32Bits(result.Pointer[lane]));
        }
    }
}
