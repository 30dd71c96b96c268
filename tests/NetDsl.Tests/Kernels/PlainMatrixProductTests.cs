using NetDsl.Kernels;

namespace NetDsl.Tests.Kernels;

public class PlainMatrixProductTests
{
    [Theory]
    [InlineData(1, 1, 1), InlineData(10, 84, 1), InlineData(10, 84, 3), InlineData(33, 50, 17), InlineData(130, 1601, 2), InlineData(130, 1601, 9)]
    [InlineData(48, 800, 60), InlineData(29, 45, 8), InlineData(16, 16, 5), InlineData(300, 13, 16), InlineData(5, 2100, 20), InlineData(141, 47, 113)]
    public void All_passes_follow_the_definition(int units, int inputs, int samples)
    {
        var check = new PlainCheck(units, inputs, samples);
        check.Run<Lanes512>(1, samples);
        check.Run<Lanes256>(2, samples);
        check.Run<Lanes128>(1, samples);
        check.Run<ScalarLane>(3, samples);
    }

    [Fact]
    public void Results_do_not_depend_on_workers_or_batch()
    {
        var check = new PlainCheck(70, 1000, 61);
        var alone = check.Run<Lanes512>(1, 61);
        Assert.Equal(alone, check.Run<Lanes512>(2, 61));
        Assert.Equal(alone, check.Run<Lanes512>(5, 61));
        for (var samples = 1; samples < 61; samples += 7)
        {
            var few = check.Run<Lanes512>(2, samples);
            Assert.Equal(alone[..few.Length], few);
        }
    }

    [Fact]
    public void Narrow_lanes_do_not_depend_on_the_batch_either()
    {
        var check = new PlainCheck(37, 150, 20);
        var all = check.Run<Lanes256>(1, 20);
        Assert.Equal(all[..(3 * 187)], check.Run<Lanes256>(1, 3));
    }
}
