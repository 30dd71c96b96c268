using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Simt;

/// <summary>
/// Writes the statements of a kernel for one thread: its sample and element from the thread's number, the first node's operator, the
/// elementwise operators fused behind it, the results that are kept.
/// </summary>
sealed class SimtBodyWriter
{
    const string Lanes = "ScalarLane";

    readonly SourceWriter writer = new();
    readonly LocalNames names = new(["n", "item", "samples", "constants", "parameters", "gradients", "step", "sample", "i", "element", "channel", "sum"]);
    readonly Dictionary<int, string> elements = [];
    readonly Dictionary<int, string> views = [];
    readonly Kernel kernel;
    readonly ProgramValues values;
    readonly SimtAddressing memory;
    readonly Node first;

    SimtBodyWriter(Kernel kernel, ProgramValues values)
    {
        this.kernel = kernel;
        this.values = values;
        memory = new(kernel, values, names);
        first = OnGpu(kernel.Nodes[0]);
    }

    /// <summary>The equation with the method that a GPU runs.</summary>
    static Node OnGpu(Node node) => node.Member.OnGpu is { } form ? node with { Operator = node.Operator with { Members = [form] } } : node;

    public static SimtBody Write(Kernel kernel, ProgramValues values) => new SimtBodyWriter(kernel, values).Write();

    bool SumsSamples => !first.Type.Batched &&
        (first.Member.Form == MemberForm.Contribution || first.Operator.Class == OperatorClass.BatchReduction);

    SimtBody Write()
    {
        if (SimtProductCall.Of(first, values) is { } product)
        {
            return Results(product);
        }

        var axes = first.Member.Form is MemberForm.Plane or MemberForm.Scatter ? CoordinateAxes() : [.. Enumerable.Range(0, first.Type.Sizes.Count)];
        var sizes = axes.Select(axis => first.Type.Sizes[axis]).ToList();
        var items = SimtIndexing.Product(sizes);
        var index = items.Is(1) ? "0" : "i";
        if (first.Type.Batched)
        {
            writer.Line(items.Is(1) ? "var sample = item.X;" : $"var sample = item.X / {SimtForm.Number(items)};\nvar i = item.X % {SimtForm.Number(items)};");
        }
        else if (!items.Is(1))
        {
            writer.Line("var i = item.X;");
        }

        var coordinates = Coordinates(index, axes, sizes);
        if (first.Member.Form == MemberForm.Plane)
        {
            RequireAlone();
            OpenViews(first.Operands.Append(first.Result), static _ => true);
            writer.Line(Call(coordinates, index) + ";");
        }
        else if (first.Member.Form == MemberForm.Scatter)
        {
            RequireAlone();
            Scatter(coordinates, index, items);
        }
        else
        {
            First(coordinates, index);
            Tail(index);
        }

        var steps = first.Member.Step is { } step ? first.Type.Sizes[step.Axis] : (Size)1;
        return new(writer.ToString(), items, first.Type.Batched, steps, !first.Member.IsForward);
    }

    /// <summary>What becomes of a sum of products: the bias, the operators behind it, the results that are kept.</summary>
    SimtBody Results(SimtProductCall product)
    {
        const string index = "i";
        var bias = first.Member.IsForward && first.Member.Reads.ToList().IndexOf("bias") is >= 0 and var read ? first.Operands[read] : -1;
        Define(first, $"{Lanes}.Create(sum{(bias >= 0 ? $" + {memory.Element(bias, "channel")}" : "")})");
        Tail(index);
        return new(writer.ToString(), first.Type.Count, first.Type.Batched, 1, false) { Product = product };
    }

    /// <summary>The operators behind the first, and the results that are kept.</summary>
    void Tail(string index)
    {
        foreach (var node in kernel.Nodes.Skip(1))
        {
            Fused(node, index);
        }

        writer.Line();
        foreach (var value in kernel.Stores)
        {
            writer.Line($"{memory.Element(value, index)} = {elements[value]}.Value;");
        }
    }

    /// <summary>A thread owns the elements at its place on the last axis: it clears them, and takes the samples in their order.</summary>
    void Scatter(IReadOnlyDictionary<string, string> coordinates, string index, Size items)
    {
        OpenViews(first.Operands.Append(first.Result), value => !values.Type(value).Batched);
        using (writer.Block($"for (var element = {index}; element < {SimtForm.Number(first.Type.Count)}; element += {SimtForm.Number(items)})"))
        {
            writer.Line($"{memory.Element(first.Result, "element")} = 0f;");
        }

        writer.Line();
        using (writer.Block("for (var sample = 0; sample < step.Samples; sample++)"))
        {
            OpenViews(first.Operands, value => values.Type(value).Batched);
            writer.Line($"{Call(coordinates, index)};");
        }
    }

    void First(IReadOnlyDictionary<string, string> coordinates, string index)
    {
        if (SumsSamples)
        {
            SumOverSamples(coordinates, index);
        }
        else if (first.Member.Form == MemberForm.Element)
        {
            OpenViews(first.Operands, static _ => true);
            Define(first, Call(coordinates, index));
        }
        else if (first.Operator.Class == OperatorClass.Movement)
        {
            Define(first, SimtMovement.Element(first, index, values, memory));
        }
        else if (first.Operator.Class == OperatorClass.BatchReduction)
        {
            Define(first, Averaged(Load(first.Operands[0], index)));
        }
        else
        {
            Fused(first, index);
        }
    }

    /// <summary>A sum over the batch runs in the order of the samples, in one thread: the same bits every time.</summary>
    void SumOverSamples(IReadOnlyDictionary<string, string> coordinates, string index)
    {
        OpenViews(first.Operands, value => !values.Type(value).Batched);
        var sum = names.Add("sum");
        writer.Line($"var {sum} = {Lanes}.Create(0f);");
        using (writer.Block("for (var sample = 0; sample < step.Samples; sample++)"))
        {
            if (first.Member.Form == MemberForm.Contribution)
            {
                OpenViews(first.Operands, value => values.Type(value).Batched);
                writer.Line($"{sum} += {Call(coordinates, index)};");
            }
            else
            {
                writer.Line($"{sum} += {Load(first.Operands[0], index)};");
            }
        }

        writer.Line();
        Define(first, first.Member.Form == MemberForm.Contribution ? sum : Averaged(sum));
    }

    void Fused(Node node, string index)
    {
        if (node.Member.Form != MemberForm.Scalar)
        {
            throw new InvalidOperationException($"Kernel {kernel.Name} has {node.Operator.Name} behind its first operator; only elementwise operators can stand there.");
        }

        var operands = node.Operands.Select(operand => ElementOf(operand, index)).ToList();
        Define(node, ScalarExpression.Of(node, Lanes, operands, node.Member.IsRandom ? Random(node, index) : "", SimtForm.Number));
    }

    /// <summary>The element of a value at the thread's index: from a register if it was computed here, else read once.</summary>
    string ElementOf(int value, string index)
    {
        if (!elements.TryGetValue(value, out var element))
        {
            elements[value] = element = views.ContainsKey(value) ? names.Add("element") : memory.Name(value);
            writer.Line($"var {element} = {Load(value, values.Type(value).Count.Is(1) ? "0" : index)};");
        }

        return element;
    }

    void Define(Node node, string expression)
    {
        elements[node.Result] = memory.Name(node.Result);
        writer.Line($"var {elements[node.Result]} = {expression};");
    }

    void OpenViews(IEnumerable<int> operands, Func<int, bool> which)
    {
        foreach (var value in operands.Where(static v => v >= 0).Where(which).Where(v => !views.ContainsKey(v)))
        {
            views[value] = memory.Name(value);
            writer.Line($"var {views[value]} = {memory.View(value)};");
        }
    }

    string Call(IReadOnlyDictionary<string, string> coordinates, string index) => KernelCall.Of(first, Lanes, argument => argument.Kind switch
    {
        BindingKind.Coordinate => (coordinates[argument.Parameter], ""),
        BindingKind.RunEnd => ($"{coordinates[argument.Name]} + 1", ""),
        BindingKind.Step => ("step.Position", ""),
        BindingKind.Result => (views[first.Result], "SimtView"),
        BindingKind.Random => (Random(first, index), ""),
        _ => first.Operands[ReadIndex(argument.Name)] is var operand && operand >= 0
            ? (views[operand], "SimtView")
            : ("default(ZeroView<ScalarLane>)", "ZeroView<ScalarLane>"),
    }, SimtForm.Number);

    int ReadIndex(string name)
    {
        var reads = first.Member.Reads;
        return Enumerable.Range(0, reads.Count).First(i => reads[i] == name);
    }

    string Random(Node node, string index) =>
        $"{Lanes}.Uniform(StepRandom.Key(step.Seed, step.Step, {memory.Key(node)}), {(index == "0" ? "0u" : $"(uint){index}")}, {(node.Type.Batched || node == first && SumsSamples ? "(uint)sample" : "0u")})";

    string Load(int value, string index) => $"{Lanes}.Create({memory.Element(value, index)})";

    string Averaged(string sum) => first.Operator.Reduction == BatchReductionKind.Mean ? $"{sum} / {Lanes}.Create(step.Samples)" : sum;

    IEnumerable<KernelArgument> CoordinateArguments => first.Member.Arguments.Where(static a => a.Kind == BindingKind.Coordinate);

    /// <summary>The axes that have coordinates: the method writes along the others itself.</summary>
    List<int> CoordinateAxes() => [.. CoordinateArguments.SelectMany(Range).Distinct().OrderBy(static axis => axis)];

    IEnumerable<int> Range(KernelArgument coordinate) =>
        coordinate.Axis < 0 ? Enumerable.Range(0, first.Type.Sizes.Count) : Enumerable.Range(coordinate.Axis, coordinate.Axes);

    Dictionary<string, string> Coordinates(string index, List<int> axes, List<Size> sizes)
    {
        var coordinates = new Dictionary<string, string>();
        foreach (var argument in CoordinateArguments)
        {
            var range = Range(argument).ToList();
            var coordinate = range.Count == 0 ? "0" : SimtIndexing.Coordinate(index, sizes, axes.IndexOf(range[0]), range.Count);
            if (coordinate is not ("0" or "i"))
            {
                var name = names.Add(argument.Parameter);
                writer.Line($"var {name} = {coordinate};");
                coordinate = name;
            }

            coordinates[argument.Parameter] = coordinate;
        }

        return coordinates;
    }

    void RequireAlone()
    {
        if (kernel.Nodes.Count > 1)
        {
            throw new InvalidOperationException($"Kernel {kernel.Name} has operators behind {first.Operator.Name}, which writes whole planes.");
        }
    }
}
