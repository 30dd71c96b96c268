namespace NetDsl.Generators.Ir;

/// <summary>What an input holds.</summary>
enum InputKind
{
    Tensor,
    Labels,
}

enum ResultKind
{
    /// <summary>Returned by <c>Forward</c>, and so by <c>Predict</c>.</summary>
    Output,

    /// <summary>The scalar that training minimises.</summary>
    Loss,

    /// <summary>A scalar that is reported, or the counts that figures are made of.</summary>
    Metric,

    /// <summary>The gradient of the parameter of this name.</summary>
    Gradient,

    /// <summary>What the parameter of this name becomes when a training step is done: it has no gradient, and no solver touches it.</summary>
    Update,
}

/// <summary>An input of the network.</summary>
sealed record Input(int Value, string Name, TensorType Type, InputKind Kind);

/// <summary>
/// A trained value. <see cref="Initializer"/> is a member of <c>NetDsl.Initializer</c>; the two factors are Caffe's <c>lr_mult</c> and <c>decay_mult</c>.
/// </summary>
sealed record Parameter(
    int Value,
    string Path,
    TensorType Type,
    string Initializer,
    float InitializerValue,
    float LearningRate,
    float WeightDecay,
    bool Frozen);

/// <summary>A compile-time constant of a node: an argument (<c>stride</c> = 2) or a size (<c>HO</c> = 12). <see cref="Literal"/> is C#.</summary>
sealed record Constant(string Name, string Literal)
{
    /// <summary>The free size that the literal is C# of.</summary>
    public Size? Free { get; init; }

    /// <summary>The literal is C# of a float that an instance computes.</summary>
    public bool IsFreeReal { get; init; }

    public static Constant Of(string name, Size size) => new(name, size.ToString()) { Free = size.IsFree ? size : null };
}

/// <summary>
/// One equation. <see cref="Target"/> says which member of the operator it applies: empty for the forward one, else the operand whose
/// gradient it computes. <see cref="Operands"/> are values in the order of the member's reads; -1 stands for an absent weight.
/// </summary>
/// <param name="Name">The layer's name: <c>conv1</c>, <c>inception3a.conv2</c>.</param>
/// <param name="MultiplyAdds">Multiply-adds for one sample.</param>
/// <param name="Key">Distinguishes nodes that draw random numbers; 0 for the others.</param>
sealed record Node(
    int Result,
    TensorType Type,
    OperatorSpec Operator,
    string Target,
    EquatableArray<int> Operands,
    EquatableArray<Constant> Constants,
    string Name,
    Size MultiplyAdds = default,
    int Key = 0)
{
    public KernelMember Member => Operator.Member(Target)!;

    /// <summary>The value that the member reads under this name; -1 where there is none, or an absent weight.</summary>
    public int Operand(string read) => Member.Reads.ToList().IndexOf(read) is >= 0 and var at ? Operands[at] : -1;

    public string Literal(string constant) => Constants.First(c => c.Name == constant).Literal;

    public Size Size(string constant) => Constants.First(c => c.Name == constant) is { Free: { } free } ? free : Integer(constant);

    public int Integer(string constant) => int.Parse(Literal(constant), System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A value that leaves the graph.</summary>
sealed record Result(string Name, int Value, ResultKind Kind)
{
    /// <summary>The method that makes figures of a metric's counts, summed over an evaluation; empty where the value is the metric itself.</summary>
    public string Figure { get; init; } = "";

    /// <summary>How many figures it makes.</summary>
    public int Figures { get; init; } = 1;
}

/// <summary>
/// A network as straight-line equations in evaluation order, as in a jaxpr: equality and printing are loops, cycles cannot be written.
/// Holds no symbol and no location, so that moving a network in its file changes nothing.
/// </summary>
/// <param name="Namespace">The namespace of the class; empty for the global one.</param>
/// <param name="Algorithms"><c>Fastest</c> or <c>Exact</c>.</param>
sealed record Graph(
    string Namespace,
    string Name,
    string Algorithms,
    EquatableArray<Input> Inputs,
    EquatableArray<Parameter> Parameters,
    EquatableArray<Node> Nodes,
    EquatableArray<Result> Results)
{
    /// <summary>The layout that the network asks for, a member of <see cref="Ir.Layout"/>; empty where the compiler is to choose.</summary>
    public string Layout { get; init; } = "";

    /// <summary>Height and width are free: what an instance works out of them, in order. Empty in a network of fixed sizes.</summary>
    public EquatableArray<SizeFact> Sizes { get; init; }

    /// <summary>The height and width by which the compiler decides, where they are free.</summary>
    public (int Height, int Width) Reference { get; init; }

    public bool IsFree => Reference.Height > 0;

    /// <summary>Predictions store the weights of large dense layers in 16 bits.</summary>
    public bool HalvesWeights { get; init; }

    /// <summary>The first number that no value has.</summary>
    public int NextValue
    {
        get
        {
            var next = 0;
            foreach (var input in Inputs) { next = Math.Max(next, input.Value + 1); }
            foreach (var parameter in Parameters) { next = Math.Max(next, parameter.Value + 1); }
            foreach (var node in Nodes) { next = Math.Max(next, node.Result + 1); }
            return next;
        }
    }
}
