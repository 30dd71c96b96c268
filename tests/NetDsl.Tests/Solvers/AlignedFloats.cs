using System.Runtime.InteropServices;

namespace NetDsl.Tests.Solvers;

/// <summary>Floats as the runtime keeps them: aligned to 64 bytes, padded to a multiple of 16.</summary>
sealed unsafe class AlignedFloats : IDisposable
{
    public AlignedFloats(params ReadOnlySpan<double> values)
    {
        Count = values.Length;
        var padded = (Count + 15) / 16 * 16;
        Pointer = (float*)NativeMemory.AlignedAlloc((nuint)padded * sizeof(float), 64);
        new Span<float>(Pointer, padded).Clear();
        for (var i = 0; i < Count; i++)
        {
            Pointer[i] = (float)values[i];
        }
    }

    public float* Pointer { get; }

    public int Count { get; }

    public Span<float> Span => new(Pointer, Count);

    public void Dispose() => NativeMemory.AlignedFree(Pointer);
}
