namespace NetDsl.Generators.Ir;

/// <summary>What passes write for operators that multiply each channel by a number and add one.</summary>
static class ChannelMapOperators
{
    /// <summary>factor[c] inner[c]: the slope of a map behind another.</summary>
    public static readonly OperatorSpec Slope = Scalar("slope", ["factor", "inner"], "factor * inner");

    /// <summary>factor[c] inner[c] + term[c]: what a map makes of the number that is added before it.</summary>
    public static readonly OperatorSpec Intercept = Scalar("intercept", ["factor", "inner", "term"], "T.MultiplyAdd(factor, inner, term)");

    /// <summary>A weight times a number for each channel of its result. Constants: <c>length</c> neighbours have one channel, of <c>channels</c>.</summary>
    public static readonly OperatorSpec ScaledWeight = new(
        "weight", OperatorClass.Anchor, AnchorKind.ScaledWeight, MovementKind.None, BatchReductionKind.None, false,
        [new("", MemberForm.Element, "global::NetDsl.Kernels.ScaledWeight.Element", 3, ["weight", "slope"],
        [
            new("weight", BindingKind.Read, "weight", -1, 1),
            new("slope", BindingKind.Read, "slope", -1, 2),
            new("i", BindingKind.Coordinate, "i", -1, -1),
            new("length", BindingKind.Constant, "length", -1, -1),
            new("channels", BindingKind.Constant, "channels", -1, -1),
        ], "")]) { OfParameters = true };

    /// <summary>A scalar function of weights that an operator declares.</summary>
    public static OperatorSpec Declared(string name, KernelMember function) => Scalar(name, function.Reads, function.Expression);

    /// <summary>slope[c] x[c, s] + intercept[c].</summary>
    public static Node Map(int result, TensorType type, int x, int slope, int intercept, string name) =>
        new(result, type, Map(type.Sizes.Count - 1), "", [x, slope, intercept], [Constant.Of("S", type.Positions)], name);

    static OperatorSpec Map(int axes) => new(
        MapName, OperatorClass.Injective, AnchorKind.None, MovementKind.None, BatchReductionKind.None, false,
        [new("", MemberForm.Element, "global::NetDsl.Kernels.ChannelMap.Element", 4, ["x", "slope", "intercept"],
        [
            new("x", BindingKind.Read, "x", -1, 1, Rest: true),
            new("slope", BindingKind.Read, "slope", -1, 2),
            new("intercept", BindingKind.Read, "intercept", -1, 3),
            new("c", BindingKind.Coordinate, "c", 0, -1),
            new("s", BindingKind.Coordinate, "s", 1, -1, Axes: axes, Rest: true),
            new("S", BindingKind.Constant, "S", -1, -1),
        ], "")]) { Channelwise = true };

    const string MapName = "channelmap";

    public static bool IsMap(Node node) => node.Operator.Name == MapName;

    static OperatorSpec Scalar(string name, EquatableArray<string> reads, string expression) => new(
        name, OperatorClass.Elementwise, AnchorKind.None, MovementKind.None, BatchReductionKind.None, false,
        [new("", MemberForm.Scalar, "", 0, reads, [], expression)]) { OfParameters = true };
}
