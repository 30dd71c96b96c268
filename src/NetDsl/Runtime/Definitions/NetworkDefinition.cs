using NetDsl.Kernels;

namespace NetDsl.Runtime;

/// <summary>What the compiler knows of a network: written into the generated class, read by the runtime and the tools.</summary>
public sealed record NetworkDefinition
{
    public required string Name { get; init; }

    /// <summary>A hash of the compiled graph: the same text gives the same hash, on any machine.</summary>
    public required string GraphHash { get; init; }

    /// <summary>Why only a processor can run the network; null if a GPU can.</summary>
    public string? ProcessorOnly { get; init; }

    /// <summary>The inputs of <c>Forward</c>, then the labels and other inputs of <c>Loss</c> and <c>Metrics</c>.</summary>
    public required IReadOnlyList<InputDefinition> Inputs { get; init; }

    public required IReadOnlyList<ParameterDefinition> Parameters { get; init; }

    /// <summary>Floats of the parameters' memory, padding included.</summary>
    public required long ParameterSize { get; init; }

    public required IReadOnlyList<LayerDefinition> Layers { get; init; }

    /// <summary>Absent where the network has no <c>Loss</c>.</summary>
    public ProgramDefinition? Train { get; init; }

    public required ProgramDefinition Predict { get; init; }

    /// <summary>
    /// What an instance of sixteen samples or more predicts with on a CPU: samples lie side by side. Absent where <see cref="Predict"/> serves any number.
    /// </summary>
    public ProgramDefinition? PredictBatch { get; init; }

    /// <summary>What the CPU kernels need beside the memory of the plan.</summary>
    public CpuWorkspace Workspace { get; init; } = new();

    /// <summary>What follows from the height and width of an instance; null where the declaration fixes them.</summary>
    public NetworkSizes? Sizes { get; init; }

    /// <summary>The graph in the compiler's text form, for <c>netdsl inspect --graph</c>.</summary>
    public required string Graph { get; init; }

    /// <summary>
    /// Bytes of an instance on a CPU: parameters, with the gradients that a step stores when it trains, activations, inputs and outputs. A solver adds
    /// <see cref="Solvers.Solver.HistoryCount"/> times <see cref="ParameterSize"/> floats. Gradients with <see cref="ParameterDefinition.Factors"/> come on top where something asks for them: a
    /// solver that clips, gradients that are accumulated, or a reader.
    /// </summary>
    /// <exception cref="ArgumentException">It is to train at a height and width that its loss does not take.</exception>
    public long Bytes(bool training, int batch)
    {
        if (training)
        {
            Sizes?.RequireEvaluation();
        }

        return MemoryForecast.Bytes(ForBatch(batch), training, batch);
    }

    /// <summary>Floats of the gradients that a step on a CPU need not store.</summary>
    internal long FactoredSize
    {
        get
        {
            var floats = 0L;
            foreach (var parameter in Parameters)
            {
                floats += parameter.Factors is null ? 0 : parameter.Count;
            }

            return floats;
        }
    }

    /// <summary>The definition of an instance of so many samples on a CPU: <see cref="PredictBatch"/> takes the place of <see cref="Predict"/> where it serves it better.</summary>
    internal NetworkDefinition ForBatch(int batch) => PredictBatch is not null && batch >= SampleBlock.Lanes ? this with { Predict = PredictBatch } : this;

    internal bool PredictsBatches => ReferenceEquals(Predict, PredictBatch);
}

/// <summary>An input.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape without the batch axis.</param>
/// <param name="IsLabels">It holds class indices, as floats.</param>
/// <param name="Classes">How many classes its labels name; 0 where the compiler does not know.</param>
/// <param name="IgnoredLabel">A label outside the classes that is allowed: it takes no part in the loss.</param>
public sealed record InputDefinition(string Name, IReadOnlyList<int> Shape, bool IsLabels, int Classes = 0, int? IgnoredLabel = null)
{
    /// <summary>Only the loss and the metrics read it: a prediction does without.</summary>
    public bool EvaluationOnly { get; init; } = IsLabels;

    /// <summary>Elements of one sample.</summary>
    public int Count { get; } = Elements.Of(Shape);
}

/// <summary>A trained value.</summary>
/// <param name="Path">Its name: <c>conv1.weight</c>.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Offset">Where it begins in the parameters' memory, in floats; a multiple of 16.</param>
/// <param name="Initializer">How it starts.</param>
/// <param name="Value">The number that goes with the initializer.</param>
/// <param name="LearningRate">Caffe's <c>lr_mult</c>.</param>
/// <param name="WeightDecay">Caffe's <c>decay_mult</c>.</param>
/// <param name="Frozen">It is not trained.</param>
public sealed record ParameterDefinition(
    string Path,
    IReadOnlyList<int> Shape,
    long Offset,
    Initializer Initializer,
    float Value = 0,
    float LearningRate = 1,
    float WeightDecay = 1,
    bool Frozen = false)
{
    /// <summary>The number of elements.</summary>
    public int Count { get; } = Elements.Of(Shape);

    /// <summary>What its gradient is a product of, where that is so much smaller that a step on a CPU need not store the gradient. Null for other parameters.</summary>
    public GradientFactors? Factors { get; init; }
}

/// <summary>
/// Buffers of the training program whose product, summed over the samples, is the gradient by a weight. The last kernels of the program compute such gradients, in the
/// order of the program.
/// </summary>
/// <param name="Dy">The gradient by the layer's result.</param>
/// <param name="X">What the layer reads.</param>
public sealed record GradientFactors(string Dy, string X);

/// <summary>A row of the layer table: shapes without the batch axis.</summary>
public sealed record LayerDefinition(string Name, string Operator, IReadOnlyList<int> Output, long Parameters, long MultiplyAdds, bool TrainingOnly);

/// <summary>A compiled program: its memory plan and its kernels.</summary>
public sealed record ProgramDefinition
{
    /// <summary>How the values of samples lie in the memory of a CPU.</summary>
    public Layout Layout { get; init; } = Layout.Samples;

    /// <summary>Floats of one sample in the sample arena.</summary>
    public required long SampleSize { get; init; }

    /// <summary>Floats of the constant arena.</summary>
    public required long ConstantSize { get; init; }

    /// <summary>Multiply-adds of one sample, forward and backward together.</summary>
    public required long MultiplyAdds { get; init; }

    /// <summary>Every buffer that has a name, inputs and results included.</summary>
    public required IReadOnlyList<BufferDefinition> Buffers { get; init; }

    /// <summary>In the order in which they run.</summary>
    public required IReadOnlyList<KernelDefinition> Kernels { get; init; }

    /// <summary>Index of the first kernel that only the loss or a metric needs.</summary>
    public required int EvaluationStart { get; init; }

    /// <summary>Up to loss and metrics no kernel computes anything of several samples together, or draws random numbers: any samples can be run without the others.</summary>
    public bool SamplesApart { get; init; }

    /// <summary>Names of buffers: what <c>Forward</c> returns.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>Names of the buffers of loss and metrics; the loss first. A metric's buffer holds one number, or the counts that <see cref="Figures"/> are made of.</summary>
    public IReadOnlyList<string> Scalars { get; init; } = [];

    /// <summary>What the counts of metrics amount to.</summary>
    public IReadOnlyList<FigureDefinition> Figures { get; init; } = [];

    /// <summary>Parameters that a training step changes by itself, when it is accepted: running statistics.</summary>
    public IReadOnlyList<UpdateDefinition> Updates { get; init; } = [];

    /// <summary>The buffer of a name, or null.</summary>
    public BufferDefinition? Find(string name) => Buffers.FirstOrDefault(buffer => buffer.Name == name);

    /// <summary>The buffer of a name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists those there are.</exception>
    public BufferDefinition Buffer(string name) => Find(name) ?? throw new ArgumentException(
        $"There is no value '{name}' in this program. Its values are: {string.Join(", ", Buffers.Select(static buffer => buffer.Name))}.", nameof(name));
}

/// <summary>Makes figures of counts that were summed over a batch, or over all batches of an evaluation.</summary>
/// <param name="counts">The sums, row-major.</param>
/// <param name="figures">What they amount to.</param>
public delegate void Figure(ReadOnlySpan<double> counts, Span<double> figures);

/// <summary>A metric that is made of counts.</summary>
/// <param name="Name">Its name among <see cref="ProgramDefinition.Scalars"/>.</param>
/// <param name="Values">How many figures it has.</param>
/// <param name="Of">What makes them.</param>
public sealed record FigureDefinition(string Name, int Values, Figure Of);

/// <summary>A parameter that takes the value of a buffer when a training step is done.</summary>
/// <param name="Parameter">The parameter's name.</param>
/// <param name="From">Where the new value begins in the constant arena, in floats.</param>
/// <param name="To">Where the parameter begins in the parameters' memory.</param>
/// <param name="Count">Elements.</param>
public sealed record UpdateDefinition(string Parameter, long From, long To, int Count);

/// <summary>A buffer of the plan.</summary>
/// <param name="Name">The value's name: an input, a layer, <c>loss</c>, <c>d conv1</c>.</param>
/// <param name="Shape">Its shape without the batch axis.</param>
/// <param name="Batched">It exists once a sample, in the sample arena; otherwise once, in the constant arena.</param>
/// <param name="Offset">Where it begins, in floats of one sample, or floats.</param>
/// <param name="FirstUse">Index of the kernel that writes it first.</param>
/// <param name="LastUse">Index of the last kernel that reads it.</param>
public sealed record BufferDefinition(string Name, IReadOnlyList<int> Shape, bool Batched, long Offset, int FirstUse, int LastUse)
{
    /// <summary>On a CPU it lies in blocks of 16 channels: [ceil(C / 16)][rest][16].</summary>
    public bool InBlocks { get; init; }

    /// <summary>Elements of one sample.</summary>
    public int Count { get; } = Elements.Of(Shape);
}

/// <summary>A kernel of the program.</summary>
/// <param name="Name">What it is called: <c>Conv1Gradient</c>.</param>
/// <param name="Layer">The layer it belongs to.</param>
/// <param name="Backward">It belongs to the backward half.</param>
/// <param name="MultiplyAdds">Multiply-adds of one sample.</param>
/// <param name="Description">What is computed and why it is fused: the kernel's summary.</param>
public sealed record KernelDefinition(string Name, string Layer, bool Backward, long MultiplyAdds, string Description)
{
    SimtLaunch? simt;

    /// <summary>How it is launched on a GPU; null where the program has no form for one.</summary>
    public SimtLaunch? Simt
    {
        get => simt ??= Launch.IsEmpty ? null : LaunchText.Read(Launch.Span);
        init => simt = value;
    }

    /// <summary><see cref="Simt"/> as text: only a GPU's device reads it.</summary>
    internal ReadOnlyMemory<char> Launch { get; init; }
}

/// <summary>How a GPU is told to run a kernel.</summary>
/// <param name="Items">Threads: for each sample, or in all.</param>
/// <param name="Batched">Whether the items are for each sample.</param>
/// <param name="Steps">How often it is launched: once for each step of a sequence, else once.</param>
/// <param name="Reversed">The last step comes first.</param>
/// <param name="Numbers">Sizes and places, in which kernels of one method differ.</param>
public sealed record SimtLaunch(int Items, bool Batched, int Steps = 1, bool Reversed = false, params int[] Numbers)
{
    /// <summary>The product that the kernel is. Null for a kernel with a thread an item.</summary>
    public SimtSums? Sums { get; init; }
}
