using NetDsl.Kernels;

namespace NetDsl.Runtime;

/// <summary>Between the caller's layout and that of programs with one sample after the other, in the items of <see cref="LanePacking"/>.</summary>
static unsafe class RowPacking
{
    /// <summary>Copies elements of one sample in.</summary>
    public static void Pack(float* source, int count, int sample, int item, float* destination)
    {
        var first = item * LanePacking.ItemSize;
        var length = Math.Min(LanePacking.ItemSize, count - first);
        new ReadOnlySpan<float>(source + ((nint)sample * count) + first, length).CopyTo(new Span<float>(destination + first, length));
    }

    /// <summary>The way back, row-major whatever the order in memory.</summary>
    public static void Unpack(float* source, BufferDefinition buffer, int sample, int item, float* destination)
    {
        var first = item * LanePacking.ItemSize;
        var end = Math.Min(buffer.Count, first + LanePacking.ItemSize);
        destination += (nint)sample * buffer.Count;
        if (!buffer.InBlocks)
        {
            new ReadOnlySpan<float>(source + first, end - first).CopyTo(new Span<float>(destination + first, end - first));
            return;
        }

        var positions = buffer.Count / buffer.Shape[0];
        for (var i = first; i < end; i++)
        {
            var (channel, position) = (i / positions, i % positions);
            destination[i] = source[(((nint)(channel / ChannelBlocks.Lanes) * positions) + position) * ChannelBlocks.Lanes + (channel % ChannelBlocks.Lanes)];
        }
    }
}
