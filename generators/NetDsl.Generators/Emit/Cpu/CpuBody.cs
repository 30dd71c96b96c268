using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>
/// The method of one kernel while it is written. Pointers are parameters and called by their role (<c>x</c>, <c>weight</c>, <c>dy</c>), so that kernels of
/// equal shape come out equal. A value of the sample arena is passed at block 0. A block is sixteen samples with <see cref="Layout.Samples"/>, one with
/// <see cref="Layout.Channels"/>.
/// </summary>
sealed class CpuBody(Kernel kernel, ProgramValues values, IEnumerable<string>? reserved = null)
{
    readonly Dictionary<int, string> pointers = [];
    readonly Dictionary<int, string> elements = [];
    readonly Dictionary<int, string> variables = [];
    readonly List<CpuParameter> parameters = [];

    public Kernel Kernel { get; } = kernel;

    public ProgramValues Values { get; } = values;

    public Node First { get; } = kernel.Nodes[0];

    public SourceWriter Writer { get; } = new();

    public LocalNames Names { get; } = new([.. reserved ?? ["worker", "begin", "end", "item", "block", "lane", "i", "first", "last", "next", "row", "rest"], .. SizeMark.Names]);

    /// <summary>What the lanes of a vector hold while the first node's method runs.</summary>
    public Vectorization Vectorization { get; } =
        IsUniform(kernel.Nodes[0]) ? Vectorization.Elements
        : values.Program.Layout == Layout.Samples ? Vectorization.Samples
        : Vectorizations.Of(kernel.Nodes[0], values.Type);

    /// <summary>C# for the lanes.</summary>
    public string Lanes => Vectorization == Vectorization.Elements ? "ScalarLane" : "T";

    /// <summary>A block of memory has sixteen lanes for each element, which vectors take a part of at a time.</summary>
    public bool HasLanes => Vectorization is Vectorization.Samples or Vectorization.Channels;

    /// <summary>The sizes of a result as the first node's method sees them: blocks of channels for channels, one axis for the positions.</summary>
    public EquatableArray<Size> Sizes
    {
        get
        {
            var type = First.Type;
            return Vectorization switch
            {
                Vectorization.Channels => type.Sizes.Select((size, axis) => axis == 0 ? type.Blocks : size).ToEquatableArray(),
                Vectorization.Positions => type.Sizes.Take(Rest.Axis).Append(Vectorizations.Positions(First, Rest)).ToEquatableArray(),
                _ => type.Sizes,
            };
        }
    }

    /// <summary>The coordinate of <c>*S</c>.</summary>
    public KernelArgument Rest => First.Member.Arguments.First(static a => a.Kind == BindingKind.Coordinate && a.Rest);

    /// <summary>The elementwise nodes behind the first.</summary>
    public IEnumerable<Node> Tail => Kernel.Nodes.Skip(1);

    public bool UsesRandom => Kernel.Nodes.Any(static n => n.Member.IsRandom);

    /// <summary>The statements are one call of the library, which the schedule makes itself.</summary>
    public CpuMethod FinishCall() => Finish("");

    public CpuMethod Finish(string items) => new(parameters.ToEquatableArray(), items, Writer.ToString());

    /// <summary>The parameter that points to a value.</summary>
    public string Pointer(int value)
    {
        if (!pointers.TryGetValue(value, out var name))
        {
            pointers[value] = name = Names.Add(Role(value));
            parameters.Add(new(name, value));
        }

        return name;
    }

    /// <summary>The parameter that points to a packed weight.</summary>
    public string Packed(int number)
    {
        var name = Names.Add("packed");
        parameters.Add(new(name, -1, number));
        return name;
    }

    public bool IsBatched(int value) => Values.Buffer(value).Space == Space.Sample;

    /// <summary>C# for where a value begins for the lanes of <c>block</c> and <c>lane</c>.</summary>
    public string AtBlock(int value) =>
        IsBatched(value) ? $"{Pointer(value)} + block * worker.BlockStride{(HasLanes ? " + lane" : "")}"
        : IsChannelVector(value) ? $"{Pointer(value)} + lane"
        : Pointer(value);

    public string ViewType(int value) =>
        value < 0 ? $"ZeroView<{Lanes}>"
        : IsBatched(value) ? HasLanes ? "CpuView<T>" : HasPositions(value) ? $"CpuRowView<{Lanes}>" : $"CpuUniformView<{Lanes}>"
        : IsChannelVector(value) ? "CpuView<T>"
        : $"CpuUniformView<{Lanes}>";

    public string View(int value) => value < 0 ? $"default(ZeroView<{Lanes}>)" : $"new {ViewType(value)}({AtBlock(value)})";

    /// <summary>
    /// The first node is a gradient that reads sums over the batch, so that it is not zero by itself where no sample is: it has to be made so, for nothing there may
    /// add to the gradient of a weight.
    /// </summary>
    public bool ReachesBeyondBatch =>
        Vectorization == Vectorization.Samples && !First.Member.IsForward && First.Type.Batched && First.Operands.Any(o => o >= 0 && Values.Buffer(o).Space is Space.Constant or Space.Gradient);

    /// <summary>An element of a value that exists once is computed from such values.</summary>
    static bool IsUniform(Node node) => node.Member.Form == MemberForm.Element && !node.Type.Batched;

    /// <summary>A uniform value with an element for each channel, where lanes are channels.</summary>
    bool IsChannelVector(int value) => Vectorization == Vectorization.Channels && !IsBatched(value) && Values.Type(value) is { Sizes.Count: 1 } type && type.Sizes[0] == First.Type.Sizes[0];

    /// <summary>An element for each position: its neighbours are neighbouring positions. All lanes share an element of other values.</summary>
    bool HasPositions(int value)
    {
        if (Vectorization != Vectorization.Positions)
        {
            return true;
        }

        var member = First.Member;
        var name = value == First.Result ? "" : member.Reads[First.Operands.ToList().IndexOf(value)];
        return member.Arguments.Any(a => a.Rest && (a.Kind == BindingKind.Result ? name.Length == 0 : a.Kind == BindingKind.Read && a.Name == name));
    }

    /// <summary>C# for where the element of an index lies in the memory of a sample, the lane included.</summary>
    public string MemoryIndex(string index) => Vectorization == Vectorization.Channels ? $"({index}) * {SampleBlock.Lanes} + lane" : index;

    /// <summary>Forgets the elements in registers: a new index begins.</summary>
    public void BeginElement() => elements.Clear();

    /// <summary>Says which variable holds the element of a value.</summary>
    public void Hold(int value, string variable) => elements[value] = variable;

    /// <summary>
    /// Writes the fused operators for the element that the first node has just produced, and stores what is kept.
    /// </summary>
    /// <param name="memory">C# for where a value's element lies.</param>
    /// <param name="lanes">The lanes: T, or ScalarLane for the rest of a row.</param>
    /// <param name="index">C# for the element's flat index.</param>
    /// <param name="prefix">Distinguishes the variables of several elements that are alive at once.</param>
    /// <param name="sample">C# for the sample, where it does not follow from <c>block</c> and <c>lane</c>.</param>
    public void WriteTail(Func<int, string> memory, string lanes, string index, string prefix = "", string? sample = null)
    {
        foreach (var node in Kernel.Nodes)
        {
            if (!elements.ContainsKey(node.Result))
            {
                var operands = node.Operands.Select(o => Element(o, memory, lanes, prefix)).ToList();
                var variable = $"{prefix}{Variable(node)}";
                Writer.Line($"var {variable} = {ScalarExpression.Of(node, lanes, operands, Random(node, lanes, MemoryIndex(index), sample), SizeMark.Of)};");
                elements[node.Result] = variable;
            }
        }

        foreach (var value in Kernel.Stores)
        {
            Writer.Line($"{lanes}.Store({memory(value)}, {elements[value]});");
        }
    }

    /// <param name="node">The node that draws.</param>
    /// <param name="lanes">The lanes.</param>
    /// <param name="index">C# for the element's index; with <see cref="Layout.Channels"/>, in memory.</param>
    /// <param name="sample">C# for the sample, where it does not follow from <c>block</c> and <c>lane</c>.</param>
    public string Random(Node node, string lanes, string index, string? sample = null)
    {
        var key = $"StepRandom.Key(worker.Seed, worker.Step, (uint){SizeMark.Of("key", node.Key)})";
        if (!node.Type.Batched || Values.Program.Layout == Layout.Samples)
        {
            return $"{lanes}.Uniform({key}, (uint)({index}), {(node.Type.Batched ? $"(uint)({sample ?? $"block * {SampleBlock.Lanes} + lane"})" : "0u")})";
        }

        return node.Type.Storage == Storage.Blocks
            ? $"ChannelBlocks.Uniform<{lanes}>({key}, {index}, {SizeMark.Of("places", node.Type.Positions)}, (uint){sample ?? "block"})"
            : $"{lanes}.UniformAlong({key}, (uint)({index}), 1u, (uint){sample ?? "block"})";
    }

    string Element(int value, Func<int, string> memory, string lanes, string prefix)
    {
        if (!elements.TryGetValue(value, out var element))
        {
            elements[value] = element = $"{prefix}{Pointer(value)}Value";
            Writer.Line(IsBatched(value) || !Values.Type(value).Count.Is(1)
                ? $"var {element} = {lanes}.Load({memory(value)});"
                : $"var {element} = {lanes}.Create({Pointer(value)}[0]);");
        }

        return element;
    }

    string Variable(Node node)
    {
        if (!variables.TryGetValue(node.Result, out var name))
        {
            variables[node.Result] = name = Names.Add($"{(node.Member.IsForward ? "" : "d ")}{node.Operator.Name} value");
        }

        return name;
    }

    /// <summary>What the first node that touches a value calls it.</summary>
    string Role(int value)
    {
        foreach (var node in Kernel.Nodes)
        {
            for (var i = 0; i < node.Operands.Count; i++)
            {
                if (node.Operands[i] == value)
                {
                    return node.Member.Reads[Math.Min(i, node.Member.Reads.Count - 1)];
                }
            }

            if (node.Result == value)
            {
                return node.Member.IsForward ? "y" : $"d {node.Target}";
            }
        }

        return "value";
    }
}
