using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Tests.Ir;

/// <summary>Operators for graphs in text form: what the front end would read from declarations. Passes must not know any of them by name.</summary>
static class TestOperators
{
    static readonly KernelArgument Random = new("random", BindingKind.Random, "random", -1, -1);

    public static IReadOnlyDictionary<string, OperatorSpec> All { get; } = new[]
    {
        OperatorSpec.Accumulate, OperatorSpec.BatchSum, OperatorSpec.BatchMean, OperatorSpec.Seed, OperatorSpec.Zero,
        OperatorSpec.Reshape, OperatorSpec.Slice, OperatorSpec.Concat,
        Anchor("Conv", AnchorKind.Convolution),
        Anchor("Dense", AnchorKind.MatrixProduct),
        Of("MaxPool", OperatorClass.Injective, Member("", MemberForm.Element, ["x"]), Member("x", MemberForm.Plane, ["x", "dy"])),
        Of("Selection", OperatorClass.Injective, Member("", MemberForm.Element, ["x"]), Member("x", MemberForm.Plane, ["dy", "x", "y"])) with
        {
            Selects = true,
            Record = Member("place", MemberForm.Element, ["x"]),
            FromRecord = Member("x", MemberForm.Plane, ["dy", "place"]),
        },
        Of("AvgPool", OperatorClass.Injective, Member("", MemberForm.Element, ["x"]), Member("x", MemberForm.Element, ["dy"])),
        Of("SampleSum", OperatorClass.Injective, Member("", MemberForm.Element, ["x"]), Member("x", MemberForm.Element, ["dy"])),
        Of("Softmax", OperatorClass.Opaque, Member("", MemberForm.Plane, ["x"]), Member("x", MemberForm.Plane, ["y", "dy"])),
        Of("CrossEntropy", OperatorClass.Opaque, Member("", MemberForm.Element, ["scores", "labels"]), Member("scores", MemberForm.Plane, ["scores", "labels", "dy"])),
        Of("SquaredDistance", OperatorClass.Opaque, Member("", MemberForm.Element, ["a", "b"]), Member("a", MemberForm.Element, ["a", "b", "dy"]), Member("b", MemberForm.Element, ["a", "b", "dy"])),
        Of("Correct", OperatorClass.Opaque, Member("", MemberForm.Element, ["scores", "labels"])),
        Of("Gain", OperatorClass.Injective, Member("", MemberForm.Element, ["x", "gain"]), Member("x", MemberForm.Element, ["gain", "dy"]), Member("gain", MemberForm.Contribution, ["x", "dy"])),
        Of("Normalize", OperatorClass.Injective, Member("", MemberForm.Element, ["x", "mean", "deviation", "batchMean"])) with
        {
            Slope = Scalar("", ["deviation"], "T.Create(1f) / (deviation + T.Create(epsilon))"),
            Intercept = Scalar("", ["mean", "slope"], "-(mean * slope)"),
        },
        Of("Scale", OperatorClass.Injective, Member("", MemberForm.Element, ["x", "weight", "bias"])) with { Slope = Scalar("", ["weight"], "weight"), Intercept = Scalar("", ["bias"], "bias") },
        Of("Shift", OperatorClass.Injective, Member("", MemberForm.Element, ["x", "bias"])) with { Intercept = Scalar("", ["bias"], "bias") },
        Of("ChannelMean", OperatorClass.Injective, Member("", MemberForm.Element, ["x"])),
        ChannelMapOperators.Slope, ChannelMapOperators.Intercept, ChannelMapOperators.ScaledWeight,
        ChannelMapOperators.Map(0, TensorType.Sample(1, 1, 1), 0, 0, 0, "").Operator,
        Elementwise("ReLU", Scalar("", ["x"], "T.Max(x, T.Create(0f))"), Scalar("x", ["dy", "y"], "dy * (T.Select(T.Greater(y, T.Create(0f)), T.Create(1f), T.Create(0f)))")),
        Elementwise("Tanh", Scalar("", ["x"], "LanesMath.Tanh(x)"), Scalar("x", ["dy", "y"], "dy * (T.Create(1f) - y * y)")),
        Elementwise("Sigmoid", Scalar("", ["x"], "LanesMath.Sigmoid(x)"), Scalar("x", ["dy", "y"], "dy * (y * (T.Create(1f) - y))")),
        Elementwise("Square", Scalar("", ["x"], "x * x"), Scalar("x", ["dy", "x"], "dy * (T.Create(2f) * x)")),
        Elementwise("Affine", Scalar("", ["x"], "T.Create(scale) * x + T.Create(shift)"), Scalar("x", ["dy"], "dy * (T.Create(scale))")),
        Elementwise("Add", Scalar("", ["a", "b"], "a + b"), Scalar("a", ["dy"], "dy"), Scalar("b", ["dy"], "dy")),
        Elementwise("Multiply", Scalar("", ["a", "b"], "a * b"), Scalar("a", ["dy", "b"], "dy * (b)"), Scalar("b", ["dy", "a"], "dy * (a)")),
        Elementwise("Dropout", Drawing("", ["x"], "T.Select(T.Less(random, T.Create(rate)), T.Create(0f), x)"), Drawing("x", ["dy"], "dy * (T.Select(T.Less(random, T.Create(rate)), T.Create(0f), T.Create(1f)))")) with { TrainingOnly = true },
        Elementwise("Noise", Drawing("", ["x"], "x + random"), Scalar("x", ["dy"], "dy")),
        Elementwise("Stopped", Scalar("", ["x"], "x")),
        Moving("Flatten", MovementKind.Reshape),
    }.ToDictionary(static o => o.Name);

    static OperatorSpec Of(string name, OperatorClass kind, params KernelMember[] members) =>
        new(name, kind, AnchorKind.None, MovementKind.None, BatchReductionKind.None, false, members.ToEquatableArray());

    static OperatorSpec Elementwise(string name, params KernelMember[] members) => Of(name, OperatorClass.Elementwise, members);

    static OperatorSpec Anchor(string name, AnchorKind kind) => Of(
        name, OperatorClass.Anchor,
        Member("", MemberForm.Element, ["x", "weight", "bias"]),
        Member("x", MemberForm.Element, ["weight", "dy"]),
        Member("weight", MemberForm.Contribution, ["x", "dy"]),
        Member("bias", MemberForm.Contribution, ["dy"])) with { Anchor = kind };

    static OperatorSpec Moving(string name, MovementKind kind) =>
        Of(name, OperatorClass.Movement, new KernelMember("", MemberForm.BuiltIn, "", 0, ["x"], [], "")) with { Movement = kind };

    static KernelMember Member(string target, MemberForm form, EquatableArray<string> reads) =>
        new(target, form, "Method", 2, reads, [], "");

    static KernelMember Scalar(string target, EquatableArray<string> reads, string expression) =>
        new(target, MemberForm.Scalar, "", 0, reads, [], expression);

    static KernelMember Drawing(string target, EquatableArray<string> reads, string expression) =>
        Scalar(target, reads, expression) with { Arguments = [Random] };
}
