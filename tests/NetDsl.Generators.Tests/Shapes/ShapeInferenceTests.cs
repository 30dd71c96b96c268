using NetDsl.Generators.Ir;
using NetDsl.Generators.Shapes;

namespace NetDsl.Generators.Tests.Shapes;

public class ShapeInferenceTests
{
    [Theory]
    [InlineData("[N, C, H, W] -> [N, K = filters, HO = H - 2, W]", "[N, 3, 8, 8]", "[N, 20, 6, 8]")]
    [InlineData("[N, *S] -> [N, filters]", "[N, 3, 8, 8]", "[N, 20]")]
    [InlineData("[N, *S] -> [N, S]", "[N, 3, 8, 8]", "[N, 192]")]
    [InlineData("[N, *S] -> [N, S]", "[N]", "[N, 1]")]
    [InlineData("[N, C, *S] -> [N, *S]", "[N, 3, 8, 7]", "[N, 8, 7]")]
    [InlineData("[N, *S, W] -> [N, W, *S]", "[N, 3, 8, 7]", "[N, 7, 3, 8]")]
    [InlineData("[N, *S] -> [N]", "[N, 3]", "[N]")]
    [InlineData("[N] -> []", "[N]", "[]")]
    [InlineData("[N, *S] -> [N, *sizes]", "[N, 6]", "[N, 2, 3]")]
    [InlineData("[N, filters] -> [N, 1]", "[N, 20]", "[N, 1]")]
    public void Shapes_follow_the_rule(string rule, string input, string expected) => Assert.Equal(expected, Infer(rule, input));

    [Theory]
    [InlineData("[N, C, H, W] -> [N]", "[N, 500]", "it takes [N, C, H, W]")]
    [InlineData("[N, C] -> [N]", "[7, 5]", "it takes [N, C]")]
    [InlineData("[N, C, C] -> [N]", "[N, 3, 4]", "it has C = 4 where 3 is expected")]
    [InlineData("[N, filters] -> [N]", "[N, 3]", "it has size 3 where 20 is expected")]
    [InlineData("[N, C] -> [N, H = C - 5]", "[N, 3]", "axis H of [N, H] would have size -2")]
    public void Misfits_are_phrases(string rule, string input, string expected) => Assert.Equal(expected, Infer(rule, input));

    [Fact]
    public void Operands_must_agree()
    {
        var signature = Signature.Parse("[N, *S], [N, *S] -> [N]");
        var problem = ShapeInference.Bind(signature, [new("a", TensorType.Sample(2, 3)), new("b", TensorType.Sample(2, 4))], new(new FreeSizes()));
        Assert.Equal("b has (2, 4) where S is (2, 3)", problem);
    }

    [Theory]
    [InlineData("[N, C]")]
    [InlineData("N, C -> N")]
    [InlineData("[N, *A, *B] -> [N]")]
    [InlineData("[C, N] -> [N]")]
    [InlineData("[N -> [N]")]
    [InlineData("[N,] -> [N]")]
    [InlineData("[N] -> [N] x")]
    public void Malformed_rules_are_refused(string rule) => Assert.NotEmpty(Assert.Throws<ShapeException>(() => Signature.Parse(rule)).Message);

    [Fact]
    public void Rules_are_values() => Assert.Equal(Signature.Parse("[N, C, *S] -> [N, K = 2*C, *S]"), Signature.Parse("[N,C,*S]->[N,K=2*C,*S]"));

    static string Infer(string rule, string input)
    {
        var sizes = input.Trim('[', ']').Split(", ");
        var type = new TensorType(sizes[0] == "N", sizes.Where(static s => s is not "N").Select(static s => (Size)int.Parse(s)).ToEquatableArray());
        var bindings = new Bindings(new FreeSizes());
        bindings.AddArgument("filters", 20);
        bindings.AddArgument("sizes", [2, 3]);
        var signature = Signature.Parse(rule);
        return ShapeInference.Bind(signature, [new("x", type)], bindings) is { } misfit ? misfit
            : ShapeInference.Infer(signature.Output, bindings, out var problem) is var result && problem is not null ? problem
            : result.ToString();
    }
}
