using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Tests.Ir;

public class TensorTypeTests
{
    [Fact]
    public void Types_print_as_users_read_them()
    {
        Assert.Equal("[N, 20, 24, 24]", TensorType.Sample(20, 24, 24).ToString());
        Assert.Equal("[N]", TensorType.Sample().ToString());
        Assert.Equal("[500, 800]", TensorType.Uniform(500, 800).ToString());
        Assert.Equal("[]", TensorType.Uniform().ToString());
    }

    [Fact]
    public void Types_are_equal_by_their_sizes()
    {
        Assert.Equal(TensorType.Sample(3, 4), TensorType.Sample(3, 4));
        Assert.NotEqual(TensorType.Sample(3, 4), TensorType.Uniform(3, 4));
        Assert.NotEqual(TensorType.Sample(3, 4), TensorType.Sample(4, 3));
    }
}
