using NetDsl.Generators.Ir;
using NetDsl.Generators.Shapes;

namespace NetDsl.Generators.Tests.Shapes;

public class ExpressionTests
{
    static readonly Dictionary<string, Quantity> Names = new() { ["H"] = 28, ["kernel.Height"] = 5, ["stride"] = 2, ["rate"] = 0.5, ["bias"] = 1, ["rounding"] = 1, ["Rounding.Floor"] = 1 };

    [Theory]
    [InlineData("1 + 2*3", 7)]
    [InlineData("(1 + 2)*3", 9)]
    [InlineData("10 - 3 - 2", 5)]
    [InlineData("(H - kernel.Height)/stride + 1", 12)]
    [InlineData("7/2", 3)]
    [InlineData("-7/2", -4)]
    [InlineData("-7 % 3", 2)]
    [InlineData("ceil(7/2)", 4)]
    [InlineData("ceil(8/2)", 4)]
    [InlineData("rate/2", 0.25)]
    [InlineData("min(3, max(1, 2))", 2)]
    [InlineData("H > 5 && H <= 28", 1)]
    [InlineData("H < 5 || !bias", 0)]
    [InlineData("H == 28 ? 1 : 2", 1)]
    [InlineData("H != 28 ? 1 : H < 5 ? 2 : 3", 3)]
    [InlineData("rounding == Rounding.Floor", 1)]
    [InlineData("true && false", 0)]
    [InlineData("H > 0 || H/0 > 1", 1)]
    [InlineData("--3", 3)]
    public void Is_computed_as_in_C(string text, double expected) =>
        Assert.Equal(expected, ExpressionEvaluator.Evaluate(ExpressionParser.Parse(text), Names).Value);

    /// <summary>Caffe's sizes, checked against its own layers: 3×3 stride 2 without padding, clipped with padding, floored.</summary>
    [Theory]
    [InlineData(32, 3, 2, 0, 0, 16)]
    [InlineData(24, 2, 2, 0, 0, 12)]
    [InlineData(112, 3, 2, 0, 0, 56)]
    [InlineData(5, 2, 2, 1, 0, 3)]
    [InlineData(4, 2, 3, 1, 0, 2)]
    [InlineData(6, 2, 4, 1, 0, 2)]
    [InlineData(5, 2, 2, 0, 0, 3)]
    [InlineData(5, 2, 2, 0, 1, 2)]
    [InlineData(14, 3, 1, 1, 0, 14)]
    public void Pooled_follows_Caffe(int size, int kernel, int stride, int padding, int rounding, int expected) =>
        Assert.Equal(expected, ExpressionEvaluator.Evaluate(ExpressionParser.Parse($"pooled({size}, {kernel}, {stride}, {padding}, {rounding})"), Names).Value);

    [Theory]
    [InlineData("1 +")]
    [InlineData("")]
    [InlineData("(1")]
    [InlineData("1 2")]
    [InlineData("foo(1)")]
    [InlineData("min(1)")]
    [InlineData("1..2")]
    [InlineData("[1]")]
    public void Mistakes_are_named(string text) => Assert.NotEmpty(Assert.Throws<ShapeException>(() => ExpressionParser.Parse(text)).Message);

    [Fact]
    public void Deep_nesting_is_refused() =>
        Assert.Throws<ShapeException>(() => ExpressionParser.Parse(new string('(', 10_000) + "1" + new string(')', 10_000)));

    [Theory]
    [InlineData("Q")]
    [InlineData("1/0")]
    [InlineData("1 % 0")]
    [InlineData("ceil(1/0)")]
    public void What_cannot_be_computed_is_named(string text) =>
        Assert.NotEmpty(Assert.Throws<ShapeException>(() => ExpressionEvaluator.Evaluate(ExpressionParser.Parse(text), Names).Value).Message);

    [Fact]
    public void Messages_have_values_put_in()
    {
        var requirement = Requirement.Parse("H < 5", "use {min(H, 9)/2} or {rate}", "kernel");
        var bindings = new Bindings(new FreeSizes());
        bindings.AddArgument("H", 28);
        bindings.AddArgument("rate", 0.5);
        Assert.False(requirement.Holds(bindings));
        Assert.Equal("use 4 or 0.5", requirement.Format(bindings));
        Assert.Throws<ShapeException>(() => Requirement.Parse("1", "{H", ""));
    }
}
