using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Emit.Cpu.Channels;

/// <summary>Kernels for which the library has a tuned form where samples lie one after the other; null for the others.</summary>
static class ChannelsKernelBody
{
    public static CpuMethod? Write(CpuBody body, CpuDeclarations declarations)
    {
        var first = body.First;
        return first.Operator.Anchor switch
        {
            AnchorKind.Convolution or AnchorKind.TransposedConvolution => ConvolutionCall.Write(body, declarations),
            AnchorKind.MatrixProduct => MatrixProductCall.Write(body, declarations),
            AnchorKind.RowProduct when first.Member.IsForward && LayoutChoice.HasPlainRows(first) => MatrixProductCall.Write(body, declarations),
            _ => first.Operator.Class == OperatorClass.Elementwise && first.Type.Batched ? RunEmitter.Write(body) : null,
        };
    }
}
