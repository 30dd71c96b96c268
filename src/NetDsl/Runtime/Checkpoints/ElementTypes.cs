using System.Runtime.InteropServices;

namespace NetDsl.Runtime.Checkpoints;

/// <summary>Names, sizes, and conversion to 32-bit floats.</summary>
static class ElementTypes
{
    /// <summary>Null for a name that the format does not know.</summary>
    public static ElementType? Parse(string? name) => name switch
    {
        "BOOL" => ElementType.Bool,
        "U8" => ElementType.U8,
        "I8" => ElementType.I8,
        "F8_E5M2" => ElementType.F8E5M2,
        "F8_E4M3" => ElementType.F8E4M3,
        "I16" => ElementType.I16,
        "U16" => ElementType.U16,
        "F16" => ElementType.F16,
        "BF16" => ElementType.BF16,
        "I32" => ElementType.I32,
        "U32" => ElementType.U32,
        "F32" => ElementType.F32,
        "I64" => ElementType.I64,
        "U64" => ElementType.U64,
        "F64" => ElementType.F64,
        "C64" => ElementType.C64,
        _ => null,
    };

    /// <summary>Bytes of one element.</summary>
    public static int Size(this ElementType type) => type switch
    {
        <= ElementType.F8E4M3 => 1,
        <= ElementType.BF16 => 2,
        <= ElementType.F32 => 4,
        _ => 8,
    };

    /// <summary>Whether <see cref="ToFloats"/> takes it.</summary>
    public static bool IsFloatingPoint(this ElementType type) => type is ElementType.F32 or ElementType.F16 or ElementType.BF16 or ElementType.F64;

    /// <summary>Converts elements of a floating-point type to 32-bit floats.</summary>
    public static void ToFloats(this ElementType type, ReadOnlySpan<byte> bytes, Span<float> floats)
    {
        switch (type)
        {
            case ElementType.F32:
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(floats);
                break;
            case ElementType.F16:
                var halves = MemoryMarshal.Cast<byte, Half>(bytes);
                for (var i = 0; i < floats.Length; i++)
                {
                    floats[i] = (float)halves[i];
                }

                break;
            case ElementType.BF16:
                var upper = MemoryMarshal.Cast<byte, ushort>(bytes);
                for (var i = 0; i < floats.Length; i++)
                {
                    floats[i] = BitConverter.UInt32BitsToSingle((uint)upper[i] << 16);
                }

                break;
            default:
                var doubles = MemoryMarshal.Cast<byte, double>(bytes);
                for (var i = 0; i < floats.Length; i++)
                {
                    floats[i] = (float)doubles[i];
                }

                break;
        }
    }
}
