using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu.Samples;

/// <summary>A convolution where lanes are samples, or a part of its gradient, as a call of the library's tiles.</summary>
static class ConvolutionCall
{
    const string Direct = "SampleConvolution";

    public static CpuMethod Write(CpuBody body, CpuDeclarations declarations)
    {
        var node = body.First;
        var shape = declarations.Shape(Channels.ConvolutionCall.Sizes(node, transposed: false), body.Kernel.Name);
        if (node.Target == "weight")
        {
            declarations.Scratch($"{Direct}.WeightGradientScratch", shape);
            body.Writer.Line($"{Direct}.WeightGradient<T>(worker, {body.Pointer(node.Operands[0])}, {body.Pointer(node.Operands[1])}, {body.Pointer(node.Result)}, {shape});");
            return body.FinishCall();
        }

        var algorithm = Channels.ConvolutionAlgorithm.OfSamples(ConvolutionGeometry.Of(node), body.Values.Program.Graph.Algorithms);
        var method = node.Member.IsForward ? "Forward" : "InputGradient";
        var operands = $"{body.Pointer(node.Operands[0])}, {Weight(body, declarations, algorithm, shape)}";
        if (algorithm.Class != Direct)
        {
            declarations.Scratch($"{algorithm.Class}.{method}Scratch", shape);
        }

        if (node.Member.IsForward)
        {
            operands += $", {(node.Operands[2] >= 0 ? body.Pointer(node.Operands[2]) : "null")}";
        }

        var (type, epilogue) = EpilogueWriter.Write(body, declarations.Shared);
        body.Writer.Line($"{algorithm.Class}.{method}<T, {type}>(worker, {operands}, {shape}, {epilogue});");
        return body.FinishCall() with { Note = algorithm.Reason };
    }

    /// <summary>The weights as they lie, or in the order that the algorithm reads.</summary>
    static string Weight(CpuBody body, CpuDeclarations declarations, Channels.ConvolutionAlgorithm algorithm, string shape)
    {
        var weight = body.First.Operands[1];
        return algorithm.Class == Direct
            ? body.Pointer(weight)
            : body.Packed(declarations.Pack(PackedWeight.Of(body.Values.Buffer(weight), algorithm.WeightOrder, shape)));
    }
}
