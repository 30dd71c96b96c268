using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu.Channels;

/// <summary>
/// A convolution in channel blocks, or a part of its gradient, as a call of the library's tiles. A transposed convolution is the gradient by the input of the
/// convolution with the roles of operand and result exchanged.
/// </summary>
static class ConvolutionCall
{
    public static CpuMethod Write(CpuBody body, CpuDeclarations declarations)
    {
        var node = body.First;
        if (node.Target == "bias")
        {
            return BiasGradient(body, node);
        }

        var transposed = node.Operator.Anchor == AnchorKind.TransposedConvolution;
        var shape = declarations.Shape(Sizes(node, transposed, ReadsRows(body, node, transposed)), body.Kernel.Name);
        var algorithm = ConvolutionAlgorithm.Of(ConvolutionGeometry.Of(node), body.Values.Program.Graph.Algorithms);
        return node.Target switch
        {
            "weight" => WeightGradient(body, declarations, algorithm, shape, transposed),
            _ => Product(body, declarations, algorithm, shape, forward: node.Member.IsForward != transposed),
        };
    }

    /// <summary>Why the kernel's convolution is computed as it is; empty for other kernels.</summary>
    public static string Note(Program program, Kernel kernel) =>
        program.Layout == Layout.Channels
        && kernel.Nodes[0] is { Operator.Anchor: AnchorKind.Convolution or AnchorKind.TransposedConvolution, Target: not "bias" } node
        && ConvolutionGeometry.IsOf(node)
            ? ConvolutionAlgorithm.Of(ConvolutionGeometry.Of(node), program.Graph.Algorithms).Reason
            : "";

    static CpuMethod Product(CpuBody body, CpuDeclarations declarations, ConvolutionAlgorithm algorithm, string shape, bool forward)
    {
        var node = body.First;
        var library = algorithm.Class;
        var (method, gradient) = forward ? ("Forward", "") : ("InputGradient", "Gradient");
        var weight = node.Operands[Read(node, "weight")];
        var packed = algorithm.WeightOrder.Length == 0
            ? (int?)null
            : declarations.Pack(PackedWeight.Of(body.Values.Buffer(weight), $"{algorithm.WeightOrder}{gradient}", shape));
        declarations.Scratch($"{library}.{method}Scratch", shape);
        var x = body.Pointer(node.Operands[Read(node, node.Member.IsForward ? "x" : "dy")]);
        var panel = packed is { } index ? body.Packed(index) : body.Pointer(weight);
        var bias = Read(node, "bias") is >= 0 and var offset && node.Operands[offset] >= 0 ? body.Pointer(node.Operands[offset]) : "null";
        var (type, epilogue) = EpilogueWriter.Write(body, declarations.Shared);
        body.Writer.Line($"{library}.{method}<T, {type}>(worker, {x}, {panel}, {bias}, {shape}, {epilogue});");
        return body.FinishCall() with { Note = algorithm.Reason };
    }

    static CpuMethod WeightGradient(CpuBody body, CpuDeclarations declarations, ConvolutionAlgorithm algorithm, string shape, bool transposed)
    {
        var node = body.First;
        declarations.Scratch($"{algorithm.Class}.WeightGradientScratch", shape);
        var (dy, x) = (body.Pointer(node.Operands[Read(node, transposed ? "x" : "dy")]), body.Pointer(node.Operands[Read(node, transposed ? "dy" : "x")]));
        body.Writer.Line($"{algorithm.Class}.WeightGradient<T>(worker, {dy}, {x}, {body.Pointer(node.Result)}, {shape});");
        return body.FinishCall() with { Note = algorithm.Reason };
    }

    static CpuMethod BiasGradient(CpuBody body, Node node)
    {
        var (filters, size) = (node.Integer("K"), node.Size("HO") * node.Size("WO"));
        body.Writer.Line($"DirectConvolution.BiasGradient<T>(worker, {body.Pointer(node.Operands[Read(node, "dy")])}, {body.Pointer(node.Result)}, filters: {filters}, size: {size});");
        return body.FinishCall();
    }

    static bool ReadsRows(CpuBody body, Node node, bool transposed) =>
        !transposed && Read(node, "x") is >= 0 and var x && body.Values.Type(node.Operands[x]).Storage == Storage.Rows;

    static int Read(Node node, string name) => node.Member.Reads.ToList().IndexOf(name);

    /// <summary>The arguments of <c>ConvolutionShape</c>.</summary>
    public static string Sizes(Node node, bool transposed, bool inRows = false)
    {
        var g = ConvolutionGeometry.Of(node);
        var (inputs, outputs) = transposed
            ? ((g.Filters, g.OutputHeight, g.OutputWidth), (g.Channels, g.Height, g.Width))
            : ((g.Channels, g.Height, g.Width), (g.Filters, g.OutputHeight, g.OutputWidth));
        return string.Join(", ",
            $"Channels: {inputs.Item1}, Height: {inputs.Item2}, Width: {inputs.Item3}",
            $"Filters: {outputs.Item1}, OutputHeight: {outputs.Item2}, OutputWidth: {outputs.Item3}",
            $"KernelHeight: {g.KernelHeight}, KernelWidth: {g.KernelWidth}, StrideHeight: {g.StrideHeight}, StrideWidth: {g.StrideWidth}",
            $"PaddingHeight: {g.PaddingHeight}, PaddingWidth: {g.PaddingWidth}, DilationHeight: {g.DilationHeight}, DilationWidth: {g.DilationWidth}, Group: {g.Group}{(inRows ? ", Input: InputOrder.Rows" : "")}");
    }
}
