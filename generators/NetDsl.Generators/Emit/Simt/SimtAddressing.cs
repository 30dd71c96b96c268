using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Simt;

/// <summary>
/// Where the values of a kernel lie. In the text, which kernels of one form share, offsets are marked, and values are called by their role.
/// </summary>
sealed class SimtAddressing(Kernel kernel, ProgramValues values, LocalNames names)
{
    readonly Dictionary<int, string> called = [];

    /// <summary>A variable name for a value.</summary>
    public string Name(int value)
    {
        if (!called.TryGetValue(value, out var name))
        {
            called[value] = name = names.Add(Role(value));
        }

        return name;
    }

    /// <summary>The arena, and the index of the value's first element in it; for a value of the sample arena, in terms of the variable <c>sample</c>.</summary>
    public (string Arena, string Origin) Memory(int value)
    {
        var buffer = values.Buffer(value);
        var offset = Offset(buffer.Offset);
        return buffer.Space switch
        {
            Space.Sample when offset == "0" => ("samples", $"sample * {SampleSize}"),
            Space.Sample => ("samples", $"sample * {SampleSize} + {offset}"),
            Space.Constant => ("constants", offset),
            Space.Parameter => ("parameters", offset),
            _ => ("gradients", offset),
        };
    }

    /// <summary>The arena, floats from a sample to the next (0 for what is no sample's), and the first element: the arguments of a <c>SimtTensor</c>.</summary>
    public static (string Arena, string Stride, string Origin) Tensor(int value, ProgramValues values)
    {
        var buffer = values.Buffer(value);
        var (arena, stride) = buffer.Space switch
        {
            Space.Sample => ("samples", Stride(values.Program)),
            Space.Constant => ("constants", "0L"),
            Space.Parameter => ("parameters", "0L"),
            _ => ("gradients", "0L"),
        };
        return (arena, stride, Offset(buffer.Offset));
    }

    /// <summary>One element in memory: an lvalue of type float.</summary>
    public string Element(int value, string index)
    {
        var (arena, origin) = Memory(value);
        return (origin, index) switch
        {
            ("0", _) => $"{arena}[{index}]",
            (_, "0") => $"{arena}[{origin}]",
            _ => $"{arena}[{origin} + {index}]",
        };
    }

    public string View(int value)
    {
        var (arena, origin) = Memory(value);
        return $"new SimtView({arena}, {origin})";
    }

    /// <summary>The node's random key.</summary>
    public string Key(Node node) => SimtForm.Mark($"{node.Key}u");

    string SampleSize => Stride(values.Program);

    static string Stride(Program program) => program.SampleSize.IsFree ? SimtForm.Mark($"{program.SampleSize}L") : $"{program.SampleSize}L";

    static string Offset(Size offset) => SimtForm.Mark(offset.ToString());

    string Role(int value)
    {
        foreach (var node in kernel.Nodes)
        {
            if (node.Result == value)
            {
                return node.Member.IsForward ? node.Operator.Name : $"d {node.Target}";
            }

            for (var i = 0; i < node.Operands.Count; i++)
            {
                if (node.Operands[i] == value)
                {
                    return node.Member.Reads[Math.Min(i, node.Member.Reads.Count - 1)];
                }
            }
        }

        return "value";
    }
}
