using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit;

/// <summary>The values of a program by number: what they are called, their types and their memory.</summary>
sealed class ProgramValues
{
    readonly Dictionary<int, (string Name, TensorType Type)> values = [];
    readonly Dictionary<int, Ir.Buffer> buffers = [];

    public ProgramValues(Program program)
    {
        Program = program;
        foreach (var input in program.Graph.Inputs)
        {
            values[input.Value] = (input.Name, input.Type);
        }

        foreach (var parameter in program.Graph.Parameters)
        {
            values[parameter.Value] = (parameter.Path, parameter.Type);
        }

        foreach (var node in program.Graph.Nodes.Concat(program.Kernels.SelectMany(static k => k.Nodes)))
        {
            values[node.Result] = (NameOf(node), node.Type);
        }

        foreach (var buffer in program.Buffers)
        {
            buffers[buffer.Value] = buffer;
            values[buffer.Value] = (buffer.Name, buffer.Type);
        }
    }

    public Program Program { get; }

    public string Name(int value) => values[value].Name;

    public TensorType Type(int value) => values[value].Type;

    public Ir.Buffer Buffer(int value) => buffers[value];

    static string NameOf(Node node) => (node.Member.IsForward, node.Name) switch
    {
        (true, "") => node.Operator.Name,
        (true, var name) => name,
        (false, var name) => $"d {name}.{node.Target}",
    };
}
