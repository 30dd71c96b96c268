using ILGPU;

namespace NetDsl.Kernels;

/// <summary>A tensor of all samples in a GPU's memory, or a weight.</summary>
/// <param name="memory">The arena.</param>
/// <param name="stride">Floats from a sample to the next; 0 for what is no sample's.</param>
/// <param name="origin">Where the first element lies.</param>
public readonly struct SimtTensor(ArrayView<float> memory, long stride, long origin)
{
    readonly ArrayView<float> memory = memory;
    readonly long stride = stride;
    readonly long origin = origin;

    public float this[int element] => memory[origin + element];

    public float this[int sample, int element] => memory[(sample * stride) + origin + element];
}
