namespace NetDsl.Generators.Emit.Cpu.Samples;

/// <summary>A convolution where lanes are samples, or a part of its gradient, as a call of the library's tiles.</summary>
static class ConvolutionCall
{
    const string Class = "SampleConvolution";

    public static CpuMethod Write(CpuBody body, CpuDeclarations declarations)
    {
        var node = body.First;
        var shape = declarations.Shape(Channels.ConvolutionCall.Sizes(node, transposed: false), body.Kernel.Name);
        var operands = $"{body.Pointer(node.Operands[0])}, {body.Pointer(node.Operands[1])}";
        if (node.Target == "weight")
        {
            declarations.Scratch($"{Class}.WeightGradientScratch", shape);
            body.Writer.Line($"{Class}.WeightGradient<T>(worker, {operands}, {body.Pointer(node.Result)}, {shape});");
            return body.FinishCall();
        }

        var method = node.Member.IsForward ? "Forward" : "InputGradient";
        if (node.Member.IsForward)
        {
            operands += $", {(node.Operands[2] >= 0 ? body.Pointer(node.Operands[2]) : "null")}";
        }

        var (type, epilogue) = EpilogueWriter.Write(body, declarations.Shared);
        body.Writer.Line($"{Class}.{method}<T, {type}>(worker, {operands}, {shape}, {epilogue});");
        return body.FinishCall();
    }
}
