using System.Numerics;
using System.Runtime.InteropServices;

namespace NetDsl.Runtime.Checkpoints;

/// <summary>Looks for values that are no numbers.</summary>
static class FiniteSpan
{
    const uint ExponentBits = 0x7F80_0000;

    /// <summary>The first NaN or infinity; -1 if every value is finite.</summary>
    public static int IndexOfNonFinite(this ReadOnlySpan<float> values)
    {
        var bits = MemoryMarshal.Cast<float, uint>(values);
        var exponent = new Vector<uint>(ExponentBits);
        var at = 0;
        while (at + Vector<uint>.Count <= bits.Length && !Vector.EqualsAny(new Vector<uint>(bits[at..]) & exponent, exponent))
        {
            at += Vector<uint>.Count;
        }

        while (at < bits.Length && (bits[at] & ExponentBits) != ExponentBits)
        {
            at++;
        }

        return at < bits.Length ? at : -1;
    }
}
