using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>
/// The method of one kernel while it is written. Pointers are parameters and called by their role (<c>x</c>, <c>weight</c>, <c>dy</c>), so that kernels of
/// equal shape come out equal. A value of the sample arena is passed at block 0.
/// </summary>
sealed class CpuBody(Kernel kernel, ProgramValues values)
{
    readonly Dictionary<int, string> pointers = [];
    readonly Dictionary<int, string> elements = [];
    readonly Dictionary<int, string> variables = [];
    readonly List<CpuParameter> parameters = [];

    public Kernel Kernel { get; } = kernel;

    public ProgramValues Values { get; } = values;

    public Node First { get; } = kernel.Nodes[0];

    public SourceWriter Writer { get; } = new();

    public LocalNames Names { get; } = new(["worker", "begin", "end", "item", "block", "lane", "i", "first", "last"]);

    /// <summary>The elementwise nodes behind the first.</summary>
    public IEnumerable<Node> Tail => Kernel.Nodes.Skip(1);

    /// <summary>Values of the tail that are read from memory, and the kept results: what a register tile must be given.</summary>
    public IReadOnlyList<int> TailMemory
    {
        get
        {
            var made = new HashSet<int>(Kernel.Nodes.Select(static n => n.Result));
            return [.. Tail.SelectMany(static n => n.Operands).Where(o => o >= 0 && !made.Contains(o)).Concat(Kernel.Stores).Distinct()];
        }
    }

    public bool UsesRandom => Kernel.Nodes.Any(static n => n.Member.IsRandom);

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

    public bool IsBatched(int value) => Values.Buffer(value).Space == Space.Sample;

    /// <summary>C# for where a value begins for the lanes of <c>block</c> and <c>lane</c>.</summary>
    public string AtBlock(int value) => IsBatched(value) ? $"{Pointer(value)} + block * worker.BlockStride + lane" : Pointer(value);

    public string ViewType(int value) => value < 0 ? "ZeroView<T>" : IsBatched(value) ? "CpuView<T>" : "CpuUniformView<T>";

    public string View(int value) => value < 0 ? "default(ZeroView<T>)" : $"new {ViewType(value)}({AtBlock(value)})";

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
    public void WriteTail(Func<int, string> memory, string lanes, string index, string prefix = "")
    {
        foreach (var node in Kernel.Nodes)
        {
            if (!elements.ContainsKey(node.Result))
            {
                var operands = node.Operands.Select(o => Element(o, memory, lanes, prefix)).ToList();
                var variable = $"{prefix}{Variable(node)}";
                Writer.Line($"var {variable} = {ScalarExpression.Of(node, lanes, operands, Random(node, lanes, index))};");
                elements[node.Result] = variable;
            }
        }

        foreach (var value in Kernel.Stores)
        {
            Writer.Line($"{lanes}.Store({memory(value)}, {elements[value]});");
        }
    }

    public string Random(Node node, string lanes, string index) =>
        $"{lanes}.Uniform(StepRandom.Key(worker.Seed, worker.Step, {node.Key}u), (uint)({index}), {(node.Type.Batched ? $"(uint)(block * {SampleBlock.Lanes} + lane)" : "0u")})";

    string Element(int value, Func<int, string> memory, string lanes, string prefix)
    {
        if (!elements.TryGetValue(value, out var element))
        {
            elements[value] = element = $"{prefix}{Pointer(value)}Value";
            Writer.Line(IsBatched(value) || Values.Type(value).Count > 1
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
