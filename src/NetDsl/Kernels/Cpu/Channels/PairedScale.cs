using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetDsl.Kernels;

/// <summary>The power of two that brings the largest of some numbers to between ½ and 1, and the one that brings it back. Numbers below 2⁻¹²⁶ stay smaller than that.</summary>
/// <param name="Down">What the numbers are multiplied by. Above 2¹²⁵, and for what is no number, it leaves more than 1.</param>
/// <param name="Up">What a product is multiplied by in the end; 0 if all numbers are 0, whose products are 0 then and not what rounding left of them.</param>
readonly unsafe record struct PairedScale(float Down, float Up)
{
    const int SignificandBits = 23;

    /// <summary>The largest exponent, as floats store it, whose scale down is a normal number.</summary>
    const int MostExponent = 252;

    /// <param name="x">The numbers.</param>
    /// <param name="count">How many.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairedScale Of(float* x, nint count)
    {
        // The bits of what has no sign are in the order of the numbers.
        var largest = Vector512<int>.Zero;
        var unsigned = Vector512.Create(int.MaxValue);
        nint i = 0;
        for (; i + 16 <= count; i += 16)
        {
            largest = Vector512.Max(largest, *(Vector512<int>*)(x + i) & unsigned);
        }

        var bits = Largest(largest);
        for (; i < count; i++)
        {
            bits = Math.Max(bits, BitConverter.SingleToInt32Bits(x[i]) & int.MaxValue);
        }

        // Exponents as floats store them, 127 for 1: of the scale down 253 - e, up e + 1.
        var exponent = Math.Clamp(bits >> SignificandBits, 1, MostExponent);
        return new(Power(MostExponent + 1 - exponent), bits == 0 ? 0 : Power(exponent + 1));
    }

    static float Power(int exponent) => BitConverter.Int32BitsToSingle(exponent << SignificandBits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Largest(Vector512<int> a)
    {
        var half = Vector256.Max(a.GetLower(), a.GetUpper());
        var quarter = Vector128.Max(half.GetLower(), half.GetUpper());
        quarter = Vector128.Max(quarter, Vector128.Shuffle(quarter, Vector128.Create(2, 3, 0, 1)));
        return Vector128.Max(quarter, Vector128.Shuffle(quarter, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }
}
