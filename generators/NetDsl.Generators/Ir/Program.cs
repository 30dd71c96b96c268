namespace NetDsl.Generators.Ir;

enum ProgramMode
{
    Train,
    Predict,
}

/// <summary>How a program lays out the values of samples.</summary>
enum Layout
{
    /// <summary>Blocks of 16 samples, the sample innermost: no channel is padded, and every operator is vectorised. For small networks and large batches.</summary>
    Samples,

    /// <summary>One sample after the other, its channels in blocks of 16 where they are convolved: for large networks and small batches.</summary>
    Channels,
}

/// <summary>Where a value lives.</summary>
enum Space
{
    /// <summary>In each sample, or block of 16 samples, at <see cref="Buffer.Offset"/> floats a sample.</summary>
    Sample,

    /// <summary>Once, in the constant arena.</summary>
    Constant,

    /// <summary>In the parameters' memory.</summary>
    Parameter,

    /// <summary>In the gradients' memory, at its parameter's offset.</summary>
    Gradient,
}

/// <summary>
/// The memory of a value. Offsets and sizes are floats; in <see cref="Space.Sample"/> they count floats of one sample (with <see cref="Layout.Samples"/> a block holds 16 of each).
/// <see cref="Alias"/> is the value whose memory this is a part of, or -1: a slice, a reshaped tensor, an operand of a concat.
/// First and last use are kernel indices.
/// </summary>
sealed record Buffer(int Value, string Name, TensorType Type, Space Space, Size Offset, Size Size, int Alias, int FirstUse, int LastUse);

/// <summary>
/// Nodes that run as one, in order. The first is the anchor or the producer, the others are elementwise and fused behind it. Only the
/// results in <see cref="Stores"/> are written to memory.
/// </summary>
/// <param name="Name">What it is called: <c>Conv1</c>, <c>Conv1Gradient</c>; unique in the program.</param>
/// <param name="Layer">The layer it belongs to, for timing by layer.</param>
/// <param name="Backward">It belongs to the backward half.</param>
/// <param name="Reason">Why these nodes are fused, for the reader of the emitted code.</param>
sealed record Kernel(string Name, string Layer, bool Backward, EquatableArray<Node> Nodes, EquatableArray<int> Stores, string Reason)
{
    /// <summary>What it computes follows from parameters alone: a processor runs it for the first prediction after they have changed, and keeps the results.</summary>
    public bool Prepares { get; init; }

    /// <summary>It computes a weight's gradient as a product of two values that are far smaller: such kernels stand last, and a step whose update takes it as it is computed does not store it.</summary>
    public bool IsFactored { get; init; }
}

/// <summary>A compiled program: kernels in order, and the memory plan.</summary>
/// <param name="EvaluationStart">Index of the first kernel that only the loss or a metric needs: a prediction stops before it. The number of kernels in a training program.</param>
/// <param name="SampleSize">Floats of one sample in the sample arena.</param>
/// <param name="ConstantSize">Floats in the constant arena.</param>
/// <param name="ParameterOffsets">Offset of each parameter of the graph, in floats, each aligned to 16.</param>
/// <param name="ParameterSize">Floats of all parameters with their padding.</param>
sealed record Program(
    ProgramMode Mode,
    Graph Graph,
    EquatableArray<Kernel> Kernels,
    EquatableArray<Buffer> Buffers,
    int EvaluationStart,
    Size SampleSize,
    Size ConstantSize,
    EquatableArray<long> ParameterOffsets,
    long ParameterSize)
{
    public Layout Layout { get; init; }

    /// <summary>The places in its memory that an instance computes, in order; empty where sizes are fixed.</summary>
    public EquatableArray<SizeFact> Places { get; init; }

    /// <summary>Index of the first kernel that <see cref="Kernel.IsFactored"/>; the number of kernels where there is none.</summary>
    public int FactoredStart => Kernels.Count(static k => !k.IsFactored);

    public Buffer BufferOf(int value) => Buffers.First(b => b.Value == value);
}
