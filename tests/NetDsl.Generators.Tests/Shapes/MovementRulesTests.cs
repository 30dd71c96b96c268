using NetDsl.Generators.Ir;
using NetDsl.Generators.Shapes;

namespace NetDsl.Generators.Tests.Shapes;

public class MovementRulesTests
{
    [Theory]
    [InlineData(new[] { -1 }, "[N, 24]")]
    [InlineData(new[] { 0, -1 }, "[N, 2, 12]")]
    [InlineData(new[] { 4, 6 }, "[N, 4, 6]")]
    [InlineData(new[] { 5, -1 }, "24 elements do not fill (5, -1)")]
    [InlineData(new[] { -1, -1 }, "the size -1 cannot be worked out")]
    [InlineData(new[] { 1, 1, 1, 0 }, "the size 0 cannot be worked out")]
    public void Reshape_keeps_the_elements(int[] sizes, string expected)
    {
        var bindings = new Bindings(new FreeSizes());
        bindings.AddArgument("sizes", sizes.Select(static s => (Size)s).ToEquatableArray());
        Assert.Equal(expected, Infer(MovementKind.Reshape, bindings, TensorType.Sample(2, 3, 4)));
    }

    [Theory]
    [InlineData(1, 0, 1, "[N, 1, 3, 4]")]
    [InlineData(3, 1, 3, "[N, 2, 3, 3]")]
    [InlineData(3, 2, 3, "elements 2 … 4 do not lie in an axis of size 4")]
    [InlineData(3, int.MaxValue, 1, "elements 2147483647 … 2147483647 do not lie in an axis of size 4")]
    [InlineData(0, 0, 1, "axis 0 is not one of the axes 1 … 3")]
    [InlineData(4, 0, 1, "axis 4 is not one of the axes 1 … 3")]
    public void Slice_takes_a_part_of_an_axis(int axis, int start, int length, string expected)
    {
        var bindings = new Bindings(new FreeSizes());
        bindings.AddArgument("axis", axis);
        bindings.AddArgument("start", start);
        bindings.AddArgument("length", length);
        Assert.Equal(expected, Infer(MovementKind.Slice, bindings, TensorType.Sample(2, 3, 4)));
    }

    [Fact]
    public void Concat_adds_up_one_axis()
    {
        var bindings = new Bindings(new FreeSizes());
        bindings.AddArgument("axis", 1);
        Assert.Equal("[N, 7, 3]", Infer(MovementKind.Concat, bindings, TensorType.Sample(2, 3), TensorType.Sample(5, 3)));
        Assert.Equal(
            "tensor 2 is [N, 5, 4] but tensor 1 is [N, 2, 3]; all sizes but that of axis 1 must agree",
            Infer(MovementKind.Concat, bindings, TensorType.Sample(2, 3), TensorType.Sample(5, 4)));
        Assert.Equal("it takes at least one tensor", Infer(MovementKind.Concat, bindings));
    }

    static string Infer(MovementKind kind, Bindings bindings, params TensorType[] operands) =>
        MovementRules.Infer(kind, [.. operands.Select(static t => new TypedOperand("x", t))], bindings, out var type, out _, out _) ?? type.ToString();
}
