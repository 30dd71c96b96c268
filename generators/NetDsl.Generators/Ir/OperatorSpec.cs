namespace NetDsl.Generators.Ir;

/// <summary>What passes may assume of an operator.</summary>
enum OperatorClass
{
    /// <summary>A kernel of its own; may write whole planes.</summary>
    Opaque,

    /// <summary>A scalar function of elements at one index.</summary>
    Elementwise,

    /// <summary>One call a result element.</summary>
    Injective,

    /// <summary>A contraction with a tuned kernel.</summary>
    Anchor,

    /// <summary>Moves data: reshape, slice, concat.</summary>
    Movement,

    /// <summary>Sums a batched value over the batch into a uniform one, or the reverse: see <see cref="OperatorSpec.BatchSum"/>.</summary>
    BatchReduction,
}

enum AnchorKind
{
    None,
    Convolution,
    MatrixProduct,
    TransposedConvolution,
    RowProduct,
    Recurrence,

    /// <summary>Weights times a number for each channel of what they compute; only ChannelMapFolding writes it.</summary>
    ScaledWeight,
}

enum MovementKind
{
    None,
    Reshape,
    Slice,
    Concat,

    /// <summary>Same elements at the same indices, otherwise laid out; only LayoutAssignment writes it.</summary>
    Layout,
}

enum BatchReductionKind
{
    None,
    Sum,
    Mean,
}

/// <summary>How a member's method is called.</summary>
enum MemberForm
{
    /// <summary>A scalar expression over elements at one index.</summary>
    Scalar,

    /// <summary>Returns one element of the result; called for each.</summary>
    Element,

    /// <summary>Writes a part of the result through a view; called once for each value of its coordinates.</summary>
    Plane,

    /// <summary>Returns what one sample contributes to an element of a weight's gradient; summed over the batch in a fixed order.</summary>
    Contribution,

    /// <summary>Adds what one sample contributes to a weight's gradient through a view that starts at zero; called for the samples in their order.</summary>
    Scatter,

    /// <summary>Computes the whole result of one sample on plain memory, as ordinary code that only a processor runs.</summary>
    Routine,

    /// <summary>No method: data movement or a batch reduction, known by the operator's class.</summary>
    BuiltIn,
}

/// <summary>What a parameter of a kernel method is bound to.</summary>
enum BindingKind
{
    /// <summary>A view of the tensor read under this name.</summary>
    Read,

    /// <summary>A view of the result.</summary>
    Result,

    /// <summary>
    /// A coordinate on the axis of the result whose index is <see cref="KernelArgument.Axis"/>, -1 for the flat index. The coordinate of <c>*S</c>
    /// runs over the <see cref="KernelArgument.Axes"/> axes that <c>*S</c> stands for, as a row-major index; over none it is 0.
    /// </summary>
    Coordinate,

    /// <summary>One behind the last of a run of coordinates that begins at the coordinate <see cref="KernelArgument.Name"/>: the call computes the whole run.</summary>
    RunEnd,

    /// <summary>The step of a sequence: the method is called for one after the other, and sees what the steps before wrote.</summary>
    Step,

    /// <summary>A constant: a size or an argument, by name in <see cref="Node.Constants"/>.</summary>
    Constant,

    /// <summary>A uniform random number from the counter-based generator.</summary>
    Random,
}

/// <summary>
/// One parameter of a kernel method. <see cref="TypeParameter"/> is the index of its generic view type, -1 for none. <see cref="Rest"/>: the coordinate is that of
/// <c>*S</c>, or the tensor has those axes.
/// </summary>
sealed record KernelArgument(string Parameter, BindingKind Kind, string Name, int Axis, int TypeParameter, int Axes = 1, bool Rest = false)
{
    /// <summary>Of a tensor: only the element that is computed is read.</summary>
    public bool IsOwn { get; init; }
}

/// <summary>
/// One computation of an operator: the forward one or the gradient by one operand. <see cref="Reads"/> names the tensors it needs, in
/// the order of <see cref="Node.Operands"/>: operands, weights, <c>y</c> for the result, <c>dy</c> for the gradient by it, <c>dgates</c> for that by another operand.
/// </summary>
/// <param name="Target">The operand whose gradient it computes; empty for the forward member.</param>
/// <param name="Method">The fully qualified method (<c>global::NetDsl.MaxPoolKernel.Forward</c>), or empty.</param>
/// <param name="TypeParameters">How many type parameters the method has; the first is the lanes.</param>
/// <param name="Expression">For <see cref="MemberForm.Scalar"/>: C# over lanes, operands by name: <c>T.Max(x, T.Create(0f))</c>; constants are written <c>T.Create(scale)</c>.</param>
sealed record KernelMember(
    string Target,
    MemberForm Form,
    string Method,
    int TypeParameters,
    EquatableArray<string> Reads,
    EquatableArray<KernelArgument> Arguments,
    string Expression)
{
    public bool IsForward => Target.Length == 0;

    /// <summary>What a GPU runs in its place, where that is another method; it reads the same operands.</summary>
    public KernelMember? OnGpu { get; init; }

    /// <summary>The step of a sequence, where the method runs step by step: forward ones from the first, gradients from the last.</summary>
    public KernelArgument? Step => Arguments.FirstOrDefault(static a => a.Kind == BindingKind.Step);

    /// <summary>Draws random numbers, so that equal nodes are not equal values.</summary>
    public bool IsRandom => Arguments.Any(static a => a.Kind == BindingKind.Random);
}

/// <summary>Everything the compiler knows of an operator. It comes from the operator's own declaration; there is no table of operators.</summary>
sealed record OperatorSpec(
    string Name,
    OperatorClass Class,
    AnchorKind Anchor,
    MovementKind Movement,
    BatchReductionKind Reduction,
    bool TrainingOnly,
    EquatableArray<KernelMember> Members)
{
    /// <summary>Channel c of the result comes from channel c of the operands alone, so that a vector may hold neighbouring channels.</summary>
    public bool Channelwise { get; init; }

    /// <summary>Every element of the result is an element of the operand, to which its gradient goes.</summary>
    public bool Selects { get; init; }

    /// <summary>The argument that says how many neighbouring channels of the operands a channel of the result comes from, where zeros lie beyond the first and the last; empty for other operators.</summary>
    public string Neighbours { get; init; } = "";

    /// <summary>The fully qualified method that makes figures of summed counts; empty for other operators. The front end takes such an operator out of the graph.</summary>
    public string Figure { get; init; } = "";

    /// <summary>What a prediction computes in place of the forward member; null where it is the same.</summary>
    public KernelMember? Prediction { get; init; }

    /// <summary>
    /// In a prediction channel c of the result is slope[c] x + intercept[c]: a scalar function of weights, element by element. Null where it is 1, unless
    /// <see cref="Intercept"/> is null, too.
    /// </summary>
    public KernelMember? Slope { get; init; }

    /// <summary>The other number of <see cref="Slope"/>, which it may read as <c>slope</c>; null where it is 0.</summary>
    public KernelMember? Intercept { get; init; }

    /// <summary>A pass made it of parameters alone.</summary>
    public bool OfParameters { get; init; }

    /// <summary>What the forward pass may leave behind for <see cref="FromRecord"/>, so that it need not keep an operand; null for other operators. The target is the name by which it is read.</summary>
    public KernelMember? Record { get; init; }

    /// <summary>The gradient that reads the record in place of the operand.</summary>
    public KernelMember? FromRecord { get; init; }

    /// <summary>A pass made it to compute a record.</summary>
    public bool IsRecord { get; init; }

    /// <summary>A pass made it for a layer that has another: its value is called after the layer and itself.</summary>
    public bool HasOwnName => OfParameters || IsRecord;

    /// <summary>What weights become when a training step is done; the target is the weight.</summary>
    public EquatableArray<KernelMember> Updates { get; init; }

    /// <summary>It has no form for a GPU.</summary>
    public bool IsRoutine => Members.Any(static m => m.Form == MemberForm.Routine);

    /// <summary>An operator of its own that computes what another member of this one does.</summary>
    public OperatorSpec Alone(KernelMember member) => this with { Members = [member with { Target = "" }], Prediction = null, Updates = [], Record = null, FromRecord = null };

    public KernelMember? Member(string target) => Members.FirstOrDefault(m => m.Target == target);

    /// <summary>Adds two gradients. Named apart from the user's addition, so that the origin shows in the printed graph.</summary>
    public static readonly OperatorSpec Accumulate = new(
        "accumulate", OperatorClass.Elementwise, AnchorKind.None, MovementKind.None, BatchReductionKind.None, false,
        [new("", MemberForm.Scalar, "", 0, ["a", "b"], [], "a + b")]);

    /// <summary>
    /// Sums [N, …] over the samples of the batch to […]. Its gradient, <c>Target == "x"</c>, reads <c>dy</c> of shape […] and gives it to every sample that
    /// exists: lanes beyond the batch get 0, so that whatever they hold adds nothing to any gradient.
    /// </summary>
    public static readonly OperatorSpec BatchSum = new(
        "batchsum", OperatorClass.BatchReduction, AnchorKind.None, MovementKind.None, BatchReductionKind.Sum, false,
        [new("", MemberForm.BuiltIn, "", 0, ["x"], [], ""), new("x", MemberForm.BuiltIn, "", 0, ["dy"], [], "")]);

    /// <summary>As <see cref="BatchSum"/>, divided by the number of samples.</summary>
    public static readonly OperatorSpec BatchMean = BatchSum with { Name = "batchmean", Reduction = BatchReductionKind.Mean };

    /// <summary>The gradient of a result by itself: a scalar constant, argument <c>value</c>.</summary>
    public static readonly OperatorSpec Seed = new(
        "seed", OperatorClass.Elementwise, AnchorKind.None, MovementKind.None, BatchReductionKind.None, false,
        [new("", MemberForm.Scalar, "", 0, [], [], "T.Create(value)")]);

    /// <summary>A value of zeros, for what no gradient reaches.</summary>
    public static readonly OperatorSpec Zero = new(
        "zero", OperatorClass.Elementwise, AnchorKind.None, MovementKind.None, BatchReductionKind.None, false,
        [new("", MemberForm.Scalar, "", 0, [], [], "T.Create(0f)")]);

    /// <summary>Same elements, another shape.</summary>
    public static readonly OperatorSpec Reshape = Move("reshape", MovementKind.Reshape);

    /// <summary>Constants <c>axis</c> (0 is the first axis behind the batch), <c>start</c>, <c>length</c>.</summary>
    public static readonly OperatorSpec Slice = Move("slice", MovementKind.Slice);

    /// <summary>Constant <c>axis</c>; any number of operands.</summary>
    public static readonly OperatorSpec Concat = Move("concat", MovementKind.Concat);

    /// <summary>Same elements, laid out as the result's type says.</summary>
    public static readonly OperatorSpec Layout = Move("layout", MovementKind.Layout);

    static OperatorSpec Move(string name, MovementKind kind) => new(
        name, OperatorClass.Movement, AnchorKind.None, kind, BatchReductionKind.None, false, [new("", MemberForm.BuiltIn, "", 0, ["x"], [], "")]);
}
