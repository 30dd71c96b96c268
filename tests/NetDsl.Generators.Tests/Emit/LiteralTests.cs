using NetDsl.Generators.Emit;

namespace NetDsl.Generators.Tests.Emit;

public class LiteralTests
{
    [Theory]
    [InlineData(0.3f, "0.3f"), InlineData(-1e-7f, "-1E-07f"), InlineData(16777216f, "16777216f"), InlineData(float.PositiveInfinity, "float.PositiveInfinity")]
    public void A_float_reads_back_as_itself(float value, string text) => Assert.Equal(text, Literal.Of(value));

    [Theory]
    [InlineData("conv1", "conv1"), InlineData("conv1.weight", "conv1Weight"), InlineData("d inception3a.conv1.x", "dInception3aConv1X"), InlineData("2nd", "_2nd"), InlineData("…", "value")]
    public void A_layers_name_becomes_a_variable(string name, string variable) => Assert.Equal(variable, Literal.Camel(name));

    [Fact]
    public void Variables_are_distinct_and_no_keywords()
    {
        var names = new LocalNames(["i"]);
        Assert.Equal(["@class", "class2", "i2", "conv1Weight", "conv1Weight2"], new[] { "class", "class", "i", "conv1.weight", "conv1 weight" }.Select(names.Add));
    }

    [Fact]
    public void A_raw_literal_has_more_quotes_than_its_text() =>
        Assert.Equal("\"\"\"\"\na \"\"\" b\n\"\"\"\"", Literal.Raw("a \"\"\" b"));

    [Theory]
    [InlineData(5, "5"), InlineData(3_000_000_000, "3000000000L")]
    public void A_large_offset_makes_the_sum_long(long offset, string text) => Assert.Equal(text, Literal.Offset(offset));
}
