using System.Runtime.InteropServices;

namespace NetDsl.Kernels;

/// <summary>The 64th roots of unity w(j) = exp(-2πi j / 64): a cosine, the imaginary part, and its opposite.</summary>
static unsafe class FftRoots
{
    public const int Count = 64;

    /// <summary>Floats of a root, the last of them unused.</summary>
    public const int Floats = 4;

    /// <summary>The table; it lives as long as the program.</summary>
    public static readonly float* Table = Fill();

    static float* Fill()
    {
        var table = (float*)NativeMemory.AlignedAlloc(Count * Floats * sizeof(float), 64);
        for (var j = 0; j < Count; j++)
        {
            // One quadrant gives them all, so that symmetric ones are equal to the last bit.
            var (sine, cosine) = Math.SinCos(j % 16 * Math.Tau / Count);
            var (c, s) = (j / 16) switch { 0 => (cosine, sine), 1 => (-sine, cosine), 2 => (-cosine, -sine), _ => (sine, -cosine) };
            table[j * Floats] = (float)c;
            table[j * Floats + 1] = (float)-s;
            table[j * Floats + 2] = (float)s;
            table[j * Floats + 3] = 0;
        }

        return table;
    }
}
