using ILGPU;

namespace NetDsl.Kernels;

/// <summary>A tensor of all samples in a GPU's memory, or a weight.</summary>
/// <param name="memory">The arena.</param>
/// <param name="stride">Floats from a sample to the next; 0 for what is no sample's.</param>
/// <param name="origin">Where the first element lies.</param>
public readonly struct SimtTensor(ArrayView<float> memory, long stride, long origin)
{
    readonly long stride = stride;
    readonly long origin = origin;

    /// <summary>The arena.</summary>
    public ArrayView<float> Memory { get; } = memory;

    /// <summary>Where an element lies in the arena.</summary>
    public long Place(int sample, int element) => (sample * stride) + origin + element;
}
