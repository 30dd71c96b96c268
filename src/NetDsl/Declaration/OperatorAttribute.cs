namespace NetDsl;

/// <summary>What a pass may assume of an operator. Passes work on these classes, never on names.</summary>
public enum Fusion
{
    /// <summary>Nothing: the operator runs as a kernel of its own.</summary>
    Opaque,

    /// <summary>Result element i depends on operand element i alone; fuses before and behind anything.</summary>
    Elementwise,

    /// <summary>Each result element is computed by one call that returns it; elementwise operators fuse behind it.</summary>
    Injective,

    /// <summary>A contraction for which the compiler has a tuned kernel (see <see cref="Anchor"/>).</summary>
    Anchor,
}

/// <summary>The tuned kernels of the compiler.</summary>
public enum Anchor
{
    /// <summary>None: the operator's own kernel methods run everywhere.</summary>
    None,

    /// <summary>Two-dimensional cross-correlation.</summary>
    Convolution,

    /// <summary>Product of a [units, K] weight with the flattened input.</summary>
    MatrixProduct,

    /// <summary>Two-dimensional transposed convolution: the gradient of a convolution by its input, as an operator.</summary>
    TransposedConvolution,

    /// <summary>Product of a [units, K] weight with each row of a [rows, K] input.</summary>
    RowProduct,

    /// <summary>
    /// A recurrence. Its first operand lies as [time, rows of the weight], and its result begins with what the weight multiplies, [time, columns of the weight]: the
    /// gradient by the weight is one matrix product over all steps.
    /// </summary>
    Recurrence,
}

/// <summary>Operators that move data and compute nothing; the memory plan turns most of them into aliases.</summary>
public enum Movement
{
    /// <summary>Not a movement.</summary>
    None,

    /// <summary>Same elements in the same order under another shape.</summary>
    Reshape,

    /// <summary>Elements <c>start .. start + length</c> of axis <c>axis</c> (arguments of these names).</summary>
    Slice,

    /// <summary>Operands side by side along axis <c>axis</c> (argument of this name).</summary>
    Concat,
}

/// <summary>Operators that join the samples of a batch: <c>[N] -> []</c>, or element by element <c>[N, *S] -> [*S]</c>.</summary>
public enum BatchReduction
{
    /// <summary>Not a reduction over the batch.</summary>
    None,

    /// <summary>The sum over the samples.</summary>
    Sum,

    /// <summary>The mean over the samples.</summary>
    Mean,
}

/// <summary>
/// Declares an operator of the language by its shape rule. The rule is also its documentation, in the spirit of NumPy's gufuncs:
/// <c>"[N, C, H, W] -> [N, K = filters, HO = (H + 2*padding - kernel)/stride + 1, WO = …]"</c>. Upper-case names bind to sizes of the
/// input, lower-case names are the method's parameters (<c>kernel.Height</c> for a member of a tuple), <c>*S</c> binds all
/// remaining axes; a kernel method that takes the coordinate <c>s</c> reads position s alone. <c>/</c> rounds down; <c>ceil(a/b)</c>, <c>min</c>, <c>max</c> and <c>pooled(size, kernel, stride, padding, rounding)</c> (Caffe's rule) are available.
/// </summary>
/// <param name="signature">The shape rule.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OperatorAttribute(string signature) : Attribute
{
    /// <summary>The shape rule.</summary>
    public string Signature { get; } = signature;

    /// <summary>The static class with the operator's kernel methods: <c>Forward</c> and one <see cref="GradientOfAttribute"/> method for each operand that has a gradient.</summary>
    public Type? Kernel { get; set; }

    /// <summary>
    /// For a metric that is no mean over the samples: a static class with the method <c>static void Of(ReadOnlySpan&lt;double&gt; counts, Span&lt;double&gt; figures)</c>. The operand
    /// holds counts that exist once for a batch (<c>SumOverBatch</c>); an evaluation adds them up over its batches and makes figures of the sums at its end. The result is what
    /// <c>Metrics</c> returns: nothing can be computed from it.
    /// </summary>
    public Type? Figure { get; set; }

    /// <summary>What passes may assume.</summary>
    public Fusion Fusion { get; set; }

    /// <summary>The tuned kernel that implements the operator, if there is one.</summary>
    public Anchor Anchor { get; set; }

    /// <summary>How the operator moves data, if that is all it does.</summary>
    public Movement Movement { get; set; }

    /// <summary>How the operator joins the samples of the batch, if that is all it does.</summary>
    public BatchReduction Reduction { get; set; }

    /// <summary>
    /// Channel c (the first axis behind the batch) of the result is computed from channel c of the operands and weights alone, by every kernel method, and c
    /// serves as an index only. Then a vector may hold neighbouring channels of one sample instead of one channel of several samples.
    /// </summary>
    public bool Channelwise { get; set; }

    /// <summary>
    /// The argument n of this name says that channel c of the result is computed from channels c − n/2 … c + n/2 of the operands at the same position, by every kernel method;
    /// that channels beyond the first and the last count as zeros; and that c serves as an index only. The rule is <c>[N, C, *S], … -> [N, C, *S]</c>. Then a vector may
    /// hold neighbouring channels of one sample.
    /// </summary>
    public string Neighbours { get; set; } = "";

    /// <summary>
    /// Every element of the result is an element of the one operand, as the largest of a window is, and its gradient goes to that element. Then what depends on the element's value alone,
    /// such as the gradient of a ReLU before a pooling, is computed on the result, which is smaller.
    /// </summary>
    public bool Selects { get; set; }

    /// <summary>
    /// The axis that kernel methods walk along step by step: <c>"Time"</c>. A method that writes a part of its result and takes the coordinate on this axis is called for
    /// all other coordinates of one step before those of the next, and may read through its result what earlier steps wrote. Forward methods
    /// begin with the first step, gradients with the last.
    /// </summary>
    public string Sequence { get; set; } = "";

    /// <summary>Multiply-adds for one sample, an expression over the rule's names; empty for none.</summary>
    public string MultiplyAdds { get; set; } = "";
}
