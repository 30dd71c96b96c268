using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Tests.Ir;

public class GraphVerifierTests
{
    [Theory]
    [InlineData("%1 : [N, 4] = Tanh(%2)   ; tanh1", "%2 is used before it is defined")]
    [InlineData("%0 : [N, 4] = Tanh(%0)   ; tanh1", "%0 is defined twice")]
    [InlineData("%1 : [N, 5] = Tanh(%0)   ; tanh1", "an elementwise operand has type [N, 4], its result [N, 5]")]
    [InlineData("%1 : [N, 4] = Add(%0)   ; add1", "2 operands are read, 1 are given")]
    [InlineData("%1 : [N, 4] = Tanh.z'(%0)   ; tanh1", "operator Tanh has no member 'z'")]
    [InlineData("%1 : [N, 4] = Noise(%0)   ; noise1", "exactly the nodes that draw random numbers have a key")]
    [InlineData("%1 : [N, 4] = Tanh(%0) key 1   ; tanh1", "exactly the nodes that draw random numbers have a key")]
    [InlineData("%1 : [N, 2, 3] = reshape(%0)", "a reshape keeps the number of elements: 4 ≠ 6")]
    [InlineData("%1 : [4] = reshape(%0)", "data moves among batched or among uniform values")]
    [InlineData("%1 : [N, 2] = slice(%0) {axis=0, start=3, length=2}", "3 … 5 is not within axis 0 of [N, 4]")]
    [InlineData("%1 : [N, 2] = slice(%0) {axis=0, start=0, length=1}", "the result's axis 0 has size 2, the slice 1")]
    [InlineData("%1 : [N, 2] = slice(%0) {axis=1, start=0, length=2}", "there is no axis 1")]
    [InlineData("%1 : [N, 9] = concat(%0, %0) {axis=0}", "the operands' sizes on axis 0 do not add up to 9")]
    [InlineData("%1 : [N, 4, 1] = concat(%0, %0) {axis=0}", "operand [N, 4] has another rank than [N, 4, 1]")]
    [InlineData("%1 : [] = batchmean(%0)", "a batch reduction goes from [N, …] to […], its gradient back")]
    [InlineData("%1 : [N, 5] = MaxPool.x'(%0, %0)   ; maxpool1", "a gradient has the type of its target 'x'")]
    public void A_broken_equation_is_named_with_its_rule(string equation, string rule)
    {
        var graph = GraphParser.Parse($"network Broken {{\n%0 : [N, 4] = input x\n{equation}\nreturn output=%0\n}}");
        var exception = Assert.Throws<InvalidOperationException>(() => GraphVerifier.Verify(graph));
        Assert.Equal($"Malformed graph: {rule}, in: {equation}", exception.Message);
    }

    [Theory]
    [InlineData("output=%7", "%7 is not defined")]
    [InlineData("loss=%0 (loss)", "a loss or a metric is a scalar, not [N, 4]")]
    [InlineData("q=%0 (gradient)", "there is no parameter q")]
    [InlineData("p=%0 (gradient)", "what belongs to a parameter of type [4] has type [N, 4]")]
    public void A_broken_result_is_named_with_its_rule(string result, string rule)
    {
        var graph = GraphParser.Parse($"network Broken {{\n%0 : [N, 4] = input x\n%1 : [4] = parameter p {{Zeros}}\nreturn {result}\n}}");
        var exception = Assert.Throws<InvalidOperationException>(() => GraphVerifier.Verify(graph));
        Assert.Equal($"Malformed graph: {rule}, in: {result}", exception.Message);
    }
}
