using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>The views that the first node's kernel method takes, at the current block and lane.</summary>
sealed class KernelViews
{
    readonly CpuBody body;
    readonly Dictionary<int, string> views = [];

    KernelViews(CpuBody body) => this.body = body;

    public static KernelViews Open(CpuBody body, IEnumerable<int> operands)
    {
        var views = new KernelViews(body);
        foreach (var value in operands.Where(static o => o >= 0).Distinct())
        {
            var name = body.Names.Add($"{body.Pointer(value)} view");
            body.Writer.Line($"var {name} = {body.View(value)};");
            views.views[value] = name;
        }

        return views;
    }

    /// <summary>The call.</summary>
    /// <param name="coordinate">C# for a coordinate on axes.</param>
    /// <param name="index">C# for the flat index.</param>
    /// <param name="step">C# for the step of a sequence.</param>
    public string Call(Func<KernelArgument, string> coordinate, string index, string step = "")
    {
        var node = body.First;
        return KernelCall.Of(node, body.Lanes, argument => argument.Kind switch
        {
            BindingKind.Coordinate => (argument.Axis < 0 ? index : coordinate(argument), ""),
            BindingKind.RunEnd => (coordinate(argument), ""),
            BindingKind.Step => (step, ""),
            BindingKind.Result => (views[node.Result], body.ViewType(node.Result)),
            BindingKind.Random => (body.Random(node, body.Lanes, body.MemoryIndex(index)), ""),
            _ => Operand(node, argument.Name),
        }, SizeMark.Of);
    }

    (string Text, string ViewType) Operand(Node node, string name)
    {
        for (var i = 0; i < node.Member.Reads.Count; i++)
        {
            if (node.Member.Reads[i] == name)
            {
                var value = node.Operands[i];
                return (value < 0 ? body.View(value) : views[value], body.ViewType(value));
            }
        }

        throw new InvalidOperationException($"{node.Operator.Name} does not read '{name}'.");
    }
}
