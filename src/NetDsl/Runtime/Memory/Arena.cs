using System.Runtime.InteropServices;

namespace NetDsl.Runtime;

/// <summary>
/// Zeroed floats outside the managed heap: aligned to a cache line, or, from 2 MB, to huge pages, which the operating system is asked for:
/// a step touches all of its memory, and small pages cost it a good part of its time.
/// </summary>
sealed unsafe partial class Arena : IDisposable
{
    const int CacheLine = 64;
    const int HugePage = 2 << 20;
    const int AdviseHugePages = 14;

    /// <param name="length">Floats; none for 0.</param>
    /// <param name="cleared">Zeroed; otherwise the memory is taken only as it is written, and is no zeros until then.</param>
    public Arena(long length, bool cleared = true)
    {
        Length = length;
        if (length == 0)
        {
            return;
        }

        var bytes = (nuint)length * sizeof(float);
        var alignment = bytes < HugePage ? CacheLine : HugePage;
        // Whole vectors may be read behind the last element; a multiple of the alignment, as aligned_alloc wants it.
        var size = (bytes + (nuint)alignment - 1) / (nuint)alignment * (nuint)alignment;
        Start = (float*)NativeMemory.AlignedAlloc(size, (nuint)alignment);
        if (alignment == HugePage && OperatingSystem.IsLinux())
        {
            // Advice: where it is refused, small pages serve. They also serve the end, where a huge page would be taken for a part of it.
            _ = Advise(Start, bytes / HugePage * HugePage, AdviseHugePages);
        }

        if (cleared)
        {
            NativeMemory.Clear(Start, (bytes + CacheLine - 1) / CacheLine * CacheLine);
        }
    }

    ~Arena() => Free();

    /// <summary>The first float; null after disposal.</summary>
    public float* Start { get; private set; }

    /// <summary>Floats.</summary>
    public long Length { get; }

    /// <summary>The floats from <paramref name="offset"/>.</summary>
    public Span<float> Span(long offset, int count) => new(Start + offset, count);

    /// <summary>Sets all floats to zero.</summary>
    public void Clear()
    {
        if (Length > 0)
        {
            NativeMemory.Clear(Start, (nuint)Length * sizeof(float));
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);

    void Free()
    {
        NativeMemory.AlignedFree(Start);
        Start = null;
    }
}
