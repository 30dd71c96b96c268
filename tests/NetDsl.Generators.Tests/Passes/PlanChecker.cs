using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;
using Buffer = NetDsl.Generators.Ir.Buffer;

namespace NetDsl.Generators.Tests.Passes;

/// <summary>
/// Runs a program symbolically: every float of every memory holds the name of the element that was last written to it. It shares no code with the passes, and
/// proves that each kernel finds what it reads, that nothing alive is overwritten, and that inputs and results are there at the end. Where sizes are free, it is the plan at the reference.
/// </summary>
sealed class PlanChecker
{
    readonly record struct Element(int Value, long Index);

    readonly Program program;
    readonly Dictionary<int, Node> nodes;
    readonly Dictionary<int, TensorType> types = [];
    readonly Dictionary<int, Buffer> buffers;
    readonly Dictionary<Space, Element?[]> memory;
    bool packs = true;

    PlanChecker(Program program)
    {
        this.program = program;
        nodes = program.Graph.Nodes.ToDictionary(static n => n.Result);
        buffers = program.Buffers.ToDictionary(static b => b.Value);
        foreach (var input in program.Graph.Inputs) { types[input.Value] = input.Type; }
        foreach (var parameter in program.Graph.Parameters) { types[parameter.Value] = parameter.Type; }
        foreach (var node in program.Graph.Nodes) { types[node.Result] = node.Type; }
        memory = new()
        {
            [Space.Sample] = new Element?[program.SampleSize.Value],
            [Space.Constant] = new Element?[program.ConstantSize.Value],
            [Space.Parameter] = new Element?[program.ParameterSize],
            [Space.Gradient] = new Element?[program.ParameterSize],
        };
    }

    public static void Check(Program program) => new PlanChecker(program).Run();

    void Run()
    {
        var given = program.Graph.Inputs.Select(static i => i.Value).Concat(program.Graph.Parameters.Select(static p => p.Value)).ToList();
        foreach (var value in given)
        {
            Write(value);
        }

        CheckPlaces();
        for (var i = 0; i < program.Kernels.Count; i++)
        {
            if (i == program.EvaluationStart)
            {
                CheckResults(static kind => kind == ResultKind.Output);
            }

            Run(program.Kernels[i]);
        }

        CheckResults(static _ => true);
        RunAgain();
        Assert.All(given, v => Holds(v, "at the end"));
        var computed = program.Kernels.SelectMany(static k => k.Nodes).Select(static n => n.Result).ToList();
        Assert.Equal(computed.Count, computed.Distinct().Count());
        Assert.All(program.Graph.Nodes.Where(static n => n.Operator.Class != OperatorClass.Movement), n => Assert.Contains(n.Result, computed));
    }

    /// <summary>The parameters have not changed: what follows from them alone does not run, and nobody packs weights.</summary>
    void RunAgain()
    {
        packs = false;
        foreach (var kernel in program.Kernels.Where(static k => !k.Prepares))
        {
            Run(kernel);
        }

        CheckResults(static _ => true);
    }

    void CheckPlaces()
    {
        for (var i = 0; i < program.Graph.Parameters.Count; i++)
        {
            var parameter = program.Graph.Parameters[i];
            Assert.Equal((Space.Parameter, program.ParameterOffsets[i]), (buffers[parameter.Value].Space, buffers[parameter.Value].Offset));
            Assert.Equal(0, program.ParameterOffsets[i] % 16);
            if (program.Graph.Results.FirstOrDefault(r => r.Kind == ResultKind.Gradient && r.Name == parameter.Path) is { } gradient)
            {
                Assert.Equal((Space.Gradient, program.ParameterOffsets[i]), (buffers[gradient.Value].Space, buffers[gradient.Value].Offset));
            }
        }

        Assert.All(program.Buffers, b => Assert.Equal((types[b.Value], b.Type.Batched), (b.Type, b.Space == Space.Sample)));
        Assert.All(program.Buffers.Where(static b => b.Space == Space.Constant && b.Alias < 0), b => Assert.Equal(0, b.Offset % 16));
        Assert.Equal(program.Buffers.Count, program.Buffers.Select(static b => b.Name).Distinct().Count());
        Assert.Equal(program.Kernels.Count, program.Kernels.Select(static k => k.Name).Distinct().Count());
    }

    void Run(Kernel kernel)
    {
        foreach (var node in kernel.Nodes.Where(n => n.Operator.Class != OperatorClass.Movement))
        {
            foreach (var operand in Reads(kernel, node))
            {
                Holds(operand, $"for {GraphPrinter.Print(node)} in {kernel.Name}");
            }

            SameOperands(node);
        }

        if (kernel.Nodes[0].Operator.Class == OperatorClass.Movement)
        {
            Move(kernel);
        }
        else
        {
            CheckOverwriting(kernel);
            foreach (var value in kernel.Stores)
            {
                Write(value);
            }
        }
    }

    /// <summary>What equations of a kernel have in registers is at equal indices; what they were given instead of the graph's operand has equal elements.</summary>
    void SameOperands(Node node)
    {
        var original = nodes[node.Result];
        Assert.Equal(original.Operands.Count, node.Operands.Count);
        foreach (var (a, b) in original.Operands.Zip(node.Operands).Where(static p => p.First != p.Second))
        {
            Assert.Equal(OperatorClass.Elementwise, node.Operator.Class);
            for (var i = 0L; i < node.Type.Count.Value; i++)
            {
                Assert.Equal(Origin(a, i), Origin(b, i));
            }
        }
    }

    /// <summary>
    /// Only a kernel of nothing but elementwise equations may write over what it reads: the same element, and not before the last equation that
    /// reads it.
    /// </summary>
    void CheckOverwriting(Kernel kernel)
    {
        var elementwise = kernel.Nodes[0].Operator.Class == OperatorClass.Elementwise;
        var read = new Dictionary<(Space, long), (long Index, int Position)>();
        for (var position = 0; position < kernel.Nodes.Count; position++)
        {
            foreach (var operand in Reads(kernel, kernel.Nodes[position]))
            {
                for (var i = 0L; i < types[operand].Count.Value; i++)
                {
                    read[Place(operand, i)] = (i, position);
                }
            }
        }

        var written = new HashSet<(Space, long)>();
        foreach (var value in kernel.Stores)
        {
            var position = kernel.Nodes.ToList().FindIndex(n => n.Result == value);
            Assert.True(position >= 0, $"{kernel.Name} stores %{value}, which it does not compute");
            for (var i = 0L; i < types[value].Count.Value; i++)
            {
                var place = Place(value, i);
                if (!written.Add(place))
                {
                    Assert.Fail($"{kernel.Name} stores two values at {place}");
                }

                if (read.TryGetValue(place, out var reader) && !(elementwise && reader.Index == i && reader.Position <= position))
                {
                    Assert.Fail($"{kernel.Name} writes %{value}[{i}] over what it reads at {place}");
                }
            }
        }
    }

    /// <summary>A copy: element by element, except where the element is in its place already.</summary>
    void Move(Kernel kernel)
    {
        var node = Assert.Single(kernel.Nodes);
        Assert.Equal(node.Result, Assert.Single(kernel.Stores));
        Assert.All(node.Operands, o => Holds(o, $"for {GraphPrinter.Print(node)}"));
        var sources = new HashSet<(Space, long)>();
        var targets = new HashSet<(Space, long)>();
        for (var i = 0L; i < node.Type.Count.Value; i++)
        {
            var (operand, index) = Source(node, i);
            if (Place(operand, index) != Place(node.Result, i))
            {
                sources.Add(Place(operand, index));
                targets.Add(Place(node.Result, i));
            }
        }

        Assert.False(sources.Overlaps(targets), $"{kernel.Name} copies over what it has still to copy");
        Write(node.Result);
    }

    void CheckResults(Func<ResultKind, bool> chosen) =>
        Assert.All(program.Graph.Results.Where(r => chosen(r.Kind)), r => Holds(r.Value, $"as result {r.Name}"));

    IEnumerable<int> Reads(Kernel kernel, Node node) =>
        node.Operands.Where(o => o >= 0 && kernel.Nodes.All(n => n.Result != o) && (packs || !WeightPacking.Keeps(node, o, types[o], program.Graph, program.Mode, program.Layout)));

    void Write(int value)
    {
        // Vectors and channel blocks are written whole.
        var buffer = buffers[value];
        for (var i = 0L; i < types[value].MemoryCount.Value; i++)
        {
            memory[buffer.Space][buffer.Offset.Value + i] = null;
        }

        for (var i = 0L; i < types[value].Count.Value; i++)
        {
            var (space, place) = Place(value, i);
            memory[space][place] = Origin(value, i);
        }
    }

    void Holds(int value, string use)
    {
        for (var i = 0L; i < types[value].Count.Value; i++)
        {
            var (space, place) = Place(value, i);
            if (memory[space][place] != Origin(value, i))
            {
                Assert.Fail($"%{value}[{i}] is not at {space} {place} {use}: there is {memory[space][place]}");
            }
        }
    }

    (Space Space, long Place) Place(int value, long index)
    {
        if (!buffers.TryGetValue(value, out var buffer) || buffer.Size != types[value].MemoryCount)
        {
            Assert.Fail($"%{value} has no buffer of its size");
        }

        return (buffer.Space, buffer.Offset.Value + InMemory(types[value], index));
    }

    /// <summary>Where an element lies in the memory of its sample.</summary>
    static long InMemory(TensorType type, long index)
    {
        if (type.Storage != Storage.Blocks)
        {
            return index;
        }

        var positions = type.Positions.Value;
        var (channel, position) = (index / positions, index % positions);
        return (((channel / 16 * positions) + position) * 16) + (channel % 16);
    }

    /// <summary>The element that data movement brought here.</summary>
    Element Origin(int value, long index)
    {
        while (nodes.TryGetValue(value, out var node) && node.Operator.Class == OperatorClass.Movement)
        {
            (value, index) = Source(node, index);
        }

        return new(value, index);
    }

    (int Value, long Index) Source(Node node, long index)
    {
        if (node.Operator.Movement is MovementKind.Reshape or MovementKind.Layout)
        {
            return (node.Operands[0], index);
        }

        var axis = node.Integer("axis");
        long stride = 1;
        foreach (var size in node.Type.Sizes.Skip(axis + 1))
        {
            stride *= size.Value;
        }

        var (outer, position, inner) = (index / stride / node.Type.Sizes[axis].Value, index / stride % node.Type.Sizes[axis].Value, index % stride);
        if (node.Operator.Movement == MovementKind.Slice)
        {
            return (node.Operands[0], ((((outer * types[node.Operands[0]].Sizes[axis].Value) + position + node.Size("start").Value) * stride) + inner));
        }

        foreach (var operand in node.Operands)
        {
            var size = types[operand].Sizes[axis].Value;
            if (position < size)
            {
                return (operand, (((outer * size) + position) * stride) + inner);
            }

            position -= size;
        }

        throw new InvalidOperationException($"No operand holds element {index} of {GraphPrinter.Print(node)}.");
    }
}
