using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Simt;

/// <summary>Data movement that the memory plan could not turn into an alias: which operand's element becomes a given element of the result.</summary>
static class SimtMovement
{
    /// <summary>C# for element <paramref name="index"/> of the result.</summary>
    public static string Element(Node node, string index, ProgramValues values, SimtAddressing memory) => node.Operator.Movement switch
    {
        MovementKind.Reshape or MovementKind.Layout => Read(node.Operands[0], index, memory),
        MovementKind.Slice => Read(node.Operands[0], Sliced(node, index, values), memory),
        _ => Concatenated(node, index, values, memory),
    };

    static string Sliced(Node node, string index, ProgramValues values) =>
        SimtIndexing.Sliced(index, values.Type(node.Operands[0]), node.Type, node.Integer("axis"), node.Size("start"));

    /// <summary>A chain of conditions: one an operand, by where the element lies in its row of the result.</summary>
    static string Concatenated(Node node, string index, ProgramValues values, SimtAddressing memory)
    {
        var types = node.Operands.Select(values.Type).ToList();
        var axis = node.Integer("axis");
        if (types.Count == 1)
        {
            return Read(node.Operands[0], index, memory);
        }

        var inner = SimtIndexing.Product(node.Type.Sizes.Skip(axis + 1));
        var row = node.Type.Sizes[axis] * inner;
        var oneRow = row == node.Type.Count;
        var at = oneRow ? index : $"{index} % {SimtForm.Number(row)}";
        var parts = new List<string>();
        var start = (Size)0;
        for (var operand = 0; operand < types.Count; operand++)
        {
            var width = types[operand].Sizes[axis] * inner;
            var local = start.Is(0) ? at : $"{at} - {SimtForm.Number(start)}";
            var read = Read(node.Operands[operand], oneRow ? local : $"{index} / {SimtForm.Number(row)} * {SimtForm.Number(width)} + {local}", memory);
            start += width;
            parts.Add(operand == types.Count - 1 ? read : $"{at} < {SimtForm.Number(start)} ? {read}");
        }

        return string.Join("\n    : ", parts);
    }

    static string Read(int value, string index, SimtAddressing memory) => $"ScalarLane.Create({memory.Element(value, index)})";
}
