using NetDsl.Kernels;

namespace NetDsl.Runtime;

/// <summary>Orders in which library kernels read weights.</summary>
public enum WeightOrder
{
    /// <summary>That of <see cref="DirectConvolution"/>.</summary>
    Direct,

    /// <summary>That of its gradient by the input.</summary>
    DirectGradient,

    /// <summary>That of <see cref="WinogradConvolution"/>.</summary>
    Winograd,

    /// <summary>That of its gradient by the input.</summary>
    WinogradGradient,

    /// <summary>That of <see cref="SampleWinograd"/>, forward and gradient.</summary>
    SampleWinograd,

    /// <summary>That of <see cref="PackedMatrixProduct"/>.</summary>
    Panels,

    /// <summary>That of <see cref="FftConvolution"/>.</summary>
    Fft,

    /// <summary>That of its gradient by the input.</summary>
    FftGradient,

    /// <summary>That of <see cref="PackedMatrixProduct"/> in 16 bits.</summary>
    HalfPanels,

    /// <summary>That of <see cref="PackedMatrixProduct"/> for pairs of products.</summary>
    PairedPanels,
}

/// <summary>A weight that is kept in the order in which a library kernel reads it.</summary>
/// <param name="Order">The order.</param>
/// <param name="Parameter">Where the weight lies among the parameters, in floats; see <see cref="Computed"/>.</param>
/// <param name="Shape">The convolution's sizes, or a dense layer's as <see cref="ConvolutionShape.Dense"/>.</param>
public sealed unsafe record PackedWeight(WeightOrder Order, long Parameter, ConvolutionShape Shape)
{
    /// <summary>The weight is none of the parameters but computed of them, in the constant arena.</summary>
    public bool Computed { get; init; }

    /// <summary>Floats that the packed weight takes.</summary>
    public long Size => Order switch
    {
        WeightOrder.Direct => DirectConvolution.PackedSize(Shape),
        WeightOrder.DirectGradient => DirectConvolution.GradientPackedSize(Shape),
        WeightOrder.Winograd => WinogradConvolution.PackedSize(Shape),
        WeightOrder.WinogradGradient => WinogradConvolution.GradientPackedSize(Shape),
        WeightOrder.Fft => FftConvolution.PackedSize(Shape),
        WeightOrder.FftGradient => FftConvolution.GradientPackedSize(Shape),
        WeightOrder.SampleWinograd => SampleWinograd.PackedSize(Shape),
        WeightOrder.HalfPanels => PackedMatrixProduct.HalfPackedSize(Shape.Filters, Shape.Channels),
        WeightOrder.PairedPanels => PackedMatrixProduct.PairedPackedSize(Shape.Filters, Shape.Channels),
        _ => PackedMatrixProduct.PackedSize(Shape.Filters, Shape.Channels),
    };

    /// <summary>Packs a worker's share of the weight.</summary>
    internal void Pack<T>(CpuWorker worker, float* packed)
        where T : struct, IMemoryLanes<T>
    {
        var weight = (Computed ? worker.ConstantArena : worker.Parameters) + Parameter;
        switch (Order)
        {
            case WeightOrder.Direct:
                DirectConvolution.Pack<T>(worker, weight, packed, Shape);
                break;
            case WeightOrder.DirectGradient:
                DirectConvolution.PackGradient<T>(worker, weight, packed, Shape);
                break;
            case WeightOrder.Winograd:
                WinogradConvolution.Pack<T>(worker, weight, packed, Shape);
                break;
            case WeightOrder.WinogradGradient:
                WinogradConvolution.PackGradient<T>(worker, weight, packed, Shape);
                break;
            case WeightOrder.Fft:
                FftConvolution.Pack<T>(worker, weight, packed, Shape);
                break;
            case WeightOrder.FftGradient:
                FftConvolution.PackGradient<T>(worker, weight, packed, Shape);
                break;
            case WeightOrder.SampleWinograd:
                SampleWinograd.Pack<T>(worker, weight, packed, Shape);
                break;
            case WeightOrder.HalfPanels:
                PackedMatrixProduct.PackHalf(worker, weight, packed, Shape.Filters, Shape.Channels);
                break;
            case WeightOrder.PairedPanels:
                PackedMatrixProduct.PackPaired<T>(worker, weight, packed, Shape.Filters, Shape.Channels);
                break;
            default:
                PackedMatrixProduct.Pack(worker, weight, packed, Shape.Filters, Shape.Channels);
                break;
        }
    }
}
