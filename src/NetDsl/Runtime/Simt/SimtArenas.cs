using ILGPU;
using ILGPU.Runtime;

namespace NetDsl.Runtime;

using Copy = Action<Index1D, ArrayView<float>, ArrayView<float>, int, long, long>;

/// <summary>The arenas of a network on a device, and the way in and out of them: sample n begins at n times the sample's size.</summary>
sealed unsafe class SimtArenas : IDisposable
{
    readonly Accelerator accelerator;
    readonly MemoryBuffer1D<float, Stride1D.Dense> samples;
    readonly MemoryBuffer1D<float, Stride1D.Dense> constants;
    readonly MemoryBuffer1D<float, Stride1D.Dense> border;
    readonly Copy scatter;
    readonly Copy gather;

    /// <param name="accelerator">The device.</param>
    /// <param name="sampleFloats">Floats of the sample arena.</param>
    /// <param name="constantFloats">Floats of the constant arena.</param>
    /// <param name="borderFloats">Floats of the largest batch of an input or output.</param>
    public SimtArenas(Accelerator accelerator, long sampleFloats, long constantFloats, long borderFloats)
    {
        this.accelerator = accelerator;
        samples = Zeros(sampleFloats);
        constants = Zeros(constantFloats);
        border = Zeros(borderFloats);
        scatter = accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView<float>, ArrayView<float>, int, long, long>(SimtBuiltins.Scatter);
        gather = accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView<float>, ArrayView<float>, int, long, long>(SimtBuiltins.Gather);
    }

    public ArrayView<float> Samples => samples.View.BaseView;

    public ArrayView<float> Constants => constants.View.BaseView;

    /// <summary>Copies a batch from the caller's layout.</summary>
    public void Put(Arena source, BufferDefinition buffer, int count, long sampleSize)
    {
        var batch = border.View.BaseView.SubView(0, (long)buffer.Count * count);
        batch.CopyFromCPU(ref *source.Start, batch.Length);
        scatter(checked((int)batch.Length), batch, Samples, buffer.Count, sampleSize, buffer.Offset);
    }

    /// <summary>Copies a batch into the caller's layout.</summary>
    public void Take(BufferDefinition buffer, int count, long sampleSize, Arena target)
    {
        var batch = border.View.BaseView.SubView(0, (long)buffer.Count * count);
        gather(checked((int)batch.Length), batch, Samples, buffer.Count, sampleSize, buffer.Offset);
        batch.CopyToCPU(ref *target.Start, batch.Length);
    }

    /// <summary>Copies any value out, for inspection.</summary>
    public void Read(BufferDefinition buffer, int count, long sampleSize, Span<float> target)
    {
        if (!buffer.Batched)
        {
            Constants.SubView(buffer.Offset, buffer.Count).CopyToCPU(ref target[0], buffer.Count);
            return;
        }

        using var batch = accelerator.Allocate1D<float>((long)buffer.Count * count);
        gather(checked((int)batch.Length), batch.View.BaseView, Samples, buffer.Count, sampleSize, buffer.Offset);
        batch.View.BaseView.CopyToCPU(ref target[0], batch.Length);
    }

    public void Dispose()
    {
        samples.Dispose();
        constants.Dispose();
        border.Dispose();
    }

    MemoryBuffer1D<float, Stride1D.Dense> Zeros(long length)
    {
        var buffer = accelerator.Allocate1D<float>(Math.Max(1, length));
        buffer.MemSetToZero();
        return buffer;
    }
}
