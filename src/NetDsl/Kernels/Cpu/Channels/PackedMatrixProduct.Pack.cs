using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <content>Weights in panels: [panel][input][32]; units behind the last one are zeros.</content>
public static unsafe partial class PackedMatrixProduct
{
    /// <summary>Floats of the packed weights.</summary>
    public static long PackedSize(int units, int inputs) => (long)PackItems(units) * PanelUnits * inputs;

    /// <summary>Items of <c>Pack</c>: panels.</summary>
    public static int PackItems(int units) => (units + PanelUnits - 1) / PanelUnits;

    /// <summary>Brings the weights [units, inputs] into panels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(int begin, int end, float* weight, float* packed, int units, int inputs)
    {
        for (var panel = begin; panel < end; panel++)
        {
            var target = packed + ((nint)panel * PanelUnits * inputs);
            var source = weight + ((nint)panel * PanelUnits * inputs);
            var count = Math.Min(PanelUnits, units - (panel * PanelUnits));
            for (nint i = 0; i < inputs; i++)
            {
                for (nint u = 0; u < PanelUnits; u++)
                {
                    target[(i * PanelUnits) + u] = u < count ? source[(u * inputs) + i] : 0;
                }
            }
        }
    }
}
