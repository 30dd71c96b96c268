using System.Runtime.InteropServices;

namespace NetDsl.Tests.Kernels;

/// <summary>Floats aligned as the arenas are, filled with a value that spoils every sum it enters.</summary>
sealed unsafe class Floats : IDisposable
{
    public const float Garbage = 1e6f;

    public Floats(long count)
    {
        Count = count;
        Pointer = (float*)NativeMemory.AlignedAlloc((nuint)(count + 16) * sizeof(float), 64);
        for (long i = 0; i < count + 16; i++)
        {
            Pointer[i] = Garbage;
        }
    }

    public float* Pointer { get; }

    public long Count { get; }

    /// <summary>Nothing has written behind the end.</summary>
    public void CheckEnd()
    {
        for (var i = 0; i < 16; i++)
        {
            Assert.Equal(Garbage, Pointer[Count + i]);
        }
    }

    public void Dispose() => NativeMemory.AlignedFree(Pointer);
}
