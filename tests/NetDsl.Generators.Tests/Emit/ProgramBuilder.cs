using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Tests.Emit;

/// <summary>Puts a program together by hand: every value gets memory of its own, in the order in which it appears.</summary>
sealed class ProgramBuilder(string name)
{
    readonly List<Input> inputs = [];
    readonly List<Parameter> parameters = [];
    readonly List<Node> nodes = [];
    readonly List<Kernel> kernels = [];
    readonly List<NetDsl.Generators.Ir.Buffer> buffers = [];
    readonly List<long> parameterOffsets = [];
    readonly List<Result> results = [];
    long sampleSize = 3;
    long constantSize = 5;
    long parameterSize;
    int next;

    public int Input(string input, params Size[] sizes)
    {
        inputs.Add(new(next, input, TensorType.Sample(sizes), InputKind.Tensor));
        return Allocate(input, TensorType.Sample(sizes), Space.Sample);
    }

    public int Labels(string input, params Size[] sizes)
    {
        inputs.Add(new(next, input, TensorType.Sample(sizes), InputKind.Labels));
        return Allocate(input, TensorType.Sample(sizes), Space.Sample);
    }

    public int Parameter(string path, params Size[] sizes)
    {
        parameters.Add(new(next, path, TensorType.Uniform(sizes), "Xavier", 0, 1, 1, false));
        parameterOffsets.Add(parameterSize);
        return Allocate(path, TensorType.Uniform(sizes), Space.Parameter);
    }

    /// <summary>An equation, and so far no kernel.</summary>
    public Node Node(OperatorSpec operation, string target, TensorType type, int[] operands, string layer, params (string Name, object Value)[] constants)
    {
        var literals = constants.Select(c => new Constant(c.Name, FormattableString.Invariant($"{c.Value}") + (c.Value is float ? "f" : "")));
        var node = new Node(next++, type, operation, target, operands.ToEquatableArray(), literals.ToEquatableArray(), layer, Key: nodes.Count + 1);
        nodes.Add(node);
        return node;
    }

    /// <summary>A kernel of these nodes that stores the last one; returns the stored value.</summary>
    public int Kernel(string kernel, params Node[] fused) => Kernel(kernel, Space.Sample, fused);

    /// <summary>As <see cref="Kernel(string, Node[])"/>; a uniform value lies where <paramref name="uniform"/> says.</summary>
    public int Kernel(string kernel, Space uniform, params Node[] fused)
    {
        var last = fused[^1];
        kernels.Add(new(kernel, last.Name, false, fused.ToEquatableArray(), [last.Result], fused.Length > 1 ? "Elementwise operators are computed in registers." : ""));
        var space = last.Type.Batched ? Space.Sample : uniform == Space.Sample ? Space.Constant : uniform;
        Allocate(last.Name, last.Type, space, last.Result);
        return last.Result;
    }

    public ProgramBuilder Output(string result, int value, ResultKind kind = ResultKind.Output)
    {
        results.Add(new(result, value, kind));
        return this;
    }

    public Program Build()
    {
        var graph = new Graph("Demo", name, "Fastest", inputs.ToEquatableArray(), parameters.ToEquatableArray(), nodes.ToEquatableArray(), results.ToEquatableArray());
        return new(
            ProgramMode.Predict, graph, kernels.ToEquatableArray(), buffers.ToEquatableArray(), kernels.Count, sampleSize, constantSize,
            parameterOffsets.ToEquatableArray(), parameterSize);
    }

    int Allocate(string buffer, TensorType type, Space space, int value = -1)
    {
        var offset = space switch
        {
            Space.Sample => sampleSize,
            Space.Constant => constantSize,
            Space.Gradient => buffers.First(b => b.Space == Space.Parameter && b.Type == type).Offset,
            _ => parameterSize,
        };
        sampleSize += space == Space.Sample ? type.Count.Value : 0;
        constantSize += space == Space.Constant ? type.Count.Value : 0;
        parameterSize += space == Space.Parameter ? (type.Count.Value + 15) / 16 * 16 : 0;
        buffers.Add(new(value < 0 ? next++ : value, buffer, type, space, offset, type.Count, -1, 0, kernels.Count));
        return buffers[^1].Value;
    }
}
