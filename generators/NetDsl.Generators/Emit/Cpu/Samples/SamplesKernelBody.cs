using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu.Samples;

/// <summary>Kernels for which the library has a tuned form where lanes are samples; null for the others.</summary>
static class SamplesKernelBody
{
    public static CpuMethod? Write(CpuBody body, CpuDeclarations declarations) => (body.First.Operator.Anchor, body.First.Target) switch
    {
        (AnchorKind.Convolution, "" or "x" or "weight") => ConvolutionCall.Write(body, declarations),
        (AnchorKind.MatrixProduct or AnchorKind.RowProduct, "" or "x") => MatrixProductCall.Write(body, declarations),
        (AnchorKind.MatrixProduct or AnchorKind.RowProduct or AnchorKind.Recurrence, "weight") => MatrixProductCall.WriteWeightGradient(body, declarations),
        _ => null,
    };
}
