using System.Runtime.Intrinsics;

namespace NetDsl.Runtime;

/// <summary>The width of the vector registers that kernels use, in bits.</summary>
enum VectorWidth
{
    Scalar = 32,
    Bits128 = 128,
    Bits256 = 256,
    Bits512 = 512,

    /// <summary>The widest that this processor has.</summary>
    Widest = 0,
}

static class VectorWidths
{
    /// <summary>The widest that this processor has.</summary>
    public static VectorWidth Widest =>
        Vector512.IsHardwareAccelerated ? VectorWidth.Bits512
        : Vector256.IsHardwareAccelerated ? VectorWidth.Bits256
        : Vector128.IsHardwareAccelerated ? VectorWidth.Bits128
        : VectorWidth.Scalar;
}
