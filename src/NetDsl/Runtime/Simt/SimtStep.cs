using ILGPU;
using NetDsl.Kernels;

namespace NetDsl.Runtime;

/// <summary>The counters of a step, for SIMT kernels, and the sizes of a product. What a launch passes costs a thread no registers.</summary>
/// <param name="samples">Samples of this step.</param>
/// <param name="step">The step's number.</param>
/// <param name="seed">The run's seed.</param>
/// <param name="position">The step of a sequence that a launch computes.</param>
/// <param name="numbers">The numbers of the kernel.</param>
public readonly struct SimtStep(int samples, uint step, uint seed, int position = 0, ArrayView<int> numbers = default)
{
    public int Samples { get; } = samples;
    public uint Step { get; } = step;
    public uint Seed { get; } = seed;

    /// <summary>The step of a sequence that this launch computes.</summary>
    public int Position { get; } = position;

    /// <summary>Sizes and places, in which kernels of one method differ.</summary>
    public ArrayView<int> Numbers { get; } = numbers;

    /// <summary>How large the product is that this launch computes.</summary>
    public SimtProductSizes Sizes { get; init; }

    /// <summary>The convolution that is summed, if it is one.</summary>
    public ConvolutionShape Shape { get; init; }

    /// <summary>Where the parts of a product's sums lie, part after part.</summary>
    public ArrayView<float> Scratch { get; init; }

    /// <summary>A number in memory, 1: what a sum without a second factor multiplies by.</summary>
    public ArrayView<float> One { get; init; }

    /// <summary>The same counters for a step of a sequence, and a kernel's numbers.</summary>
    public SimtStep At(int place, ArrayView<int> row) => new(Samples, Step, Seed, place, row);
}
