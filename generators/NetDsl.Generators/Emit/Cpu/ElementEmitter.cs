using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>Operators that return one element a call: loops over the axes of the result, the call, the fused operators, the stores.</summary>
static class ElementEmitter
{
    /// <summary>Items to a block from which sharing is even enough.</summary>
    const int EnoughItems = 16;

    public static CpuMethod Write(CpuBody body)
    {
        return body.Vectorization == Vectorization.Positions ? Positions(body) : Elements(body);
    }

    static CpuMethod Elements(CpuBody body)
    {
        var sizes = body.Sizes;
        var axes = AxisNames(body);
        var shared = 0;
        var items = (Size)1;
        while (shared < sizes.Count - 1 && items.Value < EnoughItems)
        {
            items *= sizes[shared++];
        }

        if (sizes.Count == 1 && !sizes[0].Is(1))
        {
            (shared, items) = (1, sizes[0]);
        }

        var writer = body.Writer;
        using (ItemLoop.Items(writer, items, "rest"))
        {
            WriteSharedCoordinates(writer, axes, sizes, shared, items);
            using (ItemLoop.Lanes(body))
            {
                var views = KernelViews.Open(body, body.First.Operands);
                var memory = BlockMemory.Open(body, body.Tail.SelectMany(static n => n.Operands));
                var loops = new Stack<IDisposable>();
                for (var axis = shared; axis < sizes.Count; axis++)
                {
                    loops.Push(writer.Block($"for (var {axes[axis]} = 0; {axes[axis]} < {SizeMark.Of(Coordinates.CountName(axes[axis]), sizes[axis])}; {axes[axis]}++)"));
                }

                WriteElement(body, views, memory, c => Coordinates.FromAxes(c, axes, sizes), FlatIndex(axes, sizes));
                while (loops.Count > 0)
                {
                    loops.Pop().Dispose();
                }
            }
        }

        return body.Finish(ItemLoop.Count(items));
    }

    /// <summary>Lanes are neighbouring positions: the axes that <c>*S</c> stands for are one.</summary>
    static CpuMethod Positions(CpuBody body)
    {
        var sizes = body.Sizes;
        var positions = sizes[sizes.Count - 1];
        var chunks = ItemLoop.Chunks(positions);
        var leading = sizes.Take(sizes.Count - 1).ToEquatableArray();
        var items = Size.Product(leading) * chunks;
        var axes = AxisNames(body).Take(leading.Count).ToList();
        var position = body.Names.Add(body.Rest.Parameter);
        var writer = body.Writer;
        using (ItemLoop.Items(writer, items, "rest"))
        {
            for (var axis = 0; axis < leading.Count; axis++)
            {
                var stride = Size.Product(leading.Skip(axis + 1)) * chunks;
                writer.Line($"var {axes[axis]} = {(items.Is(1) ? "0" : stride.Is(1) ? "rest" : $"rest / {SizeMark.Of($"{axes[axis]}Stride", stride)}")}{(axis > 0 && !items.Is(1) ? $" % {SizeMark.Of(Coordinates.CountName(axes[axis]), leading[axis])}" : "")};");
            }

            var views = KernelViews.Open(body, body.First.Operands);
            var memory = BlockMemory.Open(body, body.Tail.SelectMany(static n => n.Operands));
            using (ItemLoop.Positions(writer, position, positions, leading.Count == 0 ? "rest" : $"rest % {SizeMark.Of("chunks", chunks)}"))
            {
                var names = axes.Append(position).ToList();
                WriteElement(body, views, memory, c => Coordinates.FromAxes(c.Rest ? c with { Axes = 1 } : c, names, sizes), FlatIndex(names, sizes));
            }
        }

        return body.Finish(ItemLoop.Count(items));
    }

    static void WriteElement(CpuBody body, KernelViews views, BlockMemory memory, Func<KernelArgument, string> coordinate, string index)
    {
        body.BeginElement();
        var element = body.Names.Add("element");
        var call = views.Call(coordinate, index);
        body.Writer.Line($"var {element} = {(body.ReachesBeyondBatch ? $"SampleBlock.Existing({call}, worker.Samples - block * {SampleBlock.Lanes} - lane)" : call)};");
        body.Hold(body.First.Result, element);
        body.WriteTail(value => memory.Element(value, index), body.Lanes, index);
    }

    /// <summary>The coordinates' names in the kernel method, or <c>a0</c>, <c>a1</c> for axes it does not ask for.</summary>
    static List<string> AxisNames(CpuBody body)
    {
        var names = new List<string>();
        for (var axis = 0; axis < body.First.Type.Sizes.Count; axis++)
        {
            var asked = body.First.Member.Arguments.FirstOrDefault(a => a.Kind == BindingKind.Coordinate && a.Axis == axis && a.Axes == 1);
            names.Add(body.Names.Add(asked?.Parameter ?? $"a{axis}"));
        }

        return names;
    }

    static void WriteSharedCoordinates(SourceWriter writer, List<string> axes, EquatableArray<Size> sizes, int shared, Size items)
    {
        for (var axis = 0; axis < shared; axis++)
        {
            var stride = Size.Product(sizes.Skip(axis + 1).Take(shared - axis - 1));
            var quotient = items.Is(1) ? "0" : stride.Is(1) ? "rest" : $"rest / {SizeMark.Of($"{axes[axis]}Stride", stride)}";
            writer.Line($"var {axes[axis]} = {quotient}{(axis > 0 && !items.Is(1) ? $" % {SizeMark.Of(Coordinates.CountName(axes[axis]), sizes[axis])}" : "")};");
        }
    }

    static string FlatIndex(List<string> axes, EquatableArray<Size> sizes)
    {
        var index = axes.Count == 0 ? "0" : axes[0];
        for (var axis = 1; axis < axes.Count; axis++)
        {
            index = $"{(axis > 1 ? $"({index})" : index)} * {SizeMark.Of(Coordinates.CountName(axes[axis]), sizes[axis])} + {axes[axis]}";
        }

        return index;
    }
}
