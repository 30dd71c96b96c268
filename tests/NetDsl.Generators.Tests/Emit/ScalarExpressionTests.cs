using NetDsl.Generators.Emit;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Tests.Emit;

public class ScalarExpressionTests
{
    [Theory]
    [InlineData("T.Max(x, T.Create(0f))", "Lane.Max(conv1, Lane.Create(0f))")]
    [InlineData("dy * (T.Create(slope) * y)", "d * (Lane.Create(0.1f) * relu1)")]
    [InlineData("T.Select(T.Greater(random, T.Create(slope)), x, -x)", "Lane.Select(Lane.Greater(Draw(), Lane.Create(0.1f)), conv1, -conv1)")]
    [InlineData("x * T.Create(1e-5f) + y.x", "conv1 * Lane.Create(1e-5f) + relu1.x")]
    [InlineData("LanesMath.Exp<T>(x)", "LanesMath.Exp<Lane>(conv1)")]
    public void Names_are_replaced_where_they_stand_alone(string expression, string expected) =>
        Assert.Equal(expected, ScalarExpression.Of(Node(expression), "Lane", ["conv1", "relu1", "d"], "Draw()", static c => c.Literal));

    /// <summary>With an axis that is called T, as time axes are.</summary>
    static Node Node(string expression)
    {
        var operation = new OperatorSpec(
            "F", OperatorClass.Elementwise, AnchorKind.None, MovementKind.None, BatchReductionKind.None, false,
            [new("", MemberForm.Scalar, "", 0, ["x", "y", "dy"], [], expression)]);
        return new(3, TensorType.Sample(4), operation, "", [0, 1, 2], [new("slope", "0.1f"), new("T", "32")], "f1");
    }
}
