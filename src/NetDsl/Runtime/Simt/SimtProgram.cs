using ILGPU;

namespace NetDsl.Runtime;

/// <summary>The counters of a step, for SIMT kernels.</summary>
/// <param name="samples">Samples of this step.</param>
/// <param name="step">The step's number.</param>
/// <param name="seed">The run's seed.</param>
/// <param name="position">The step of a sequence that a launch computes.</param>
/// <param name="numbers">The numbers of the kernel.</param>
public readonly struct SimtStep(int samples, uint step, uint seed, int position = 0, ArrayView<int> numbers = default)
{
    readonly int summing;

    SimtStep(SimtStep step, ArrayView<float> scratch, int parts, int sums, bool summing)
        : this(step.Samples, step.Step, step.Seed, step.Position, step.Numbers) =>
        (Scratch, Parts, Sums, this.summing) = (scratch, parts, sums, summing ? 1 : 0);

    public int Samples { get; } = samples;
    public uint Step { get; } = step;
    public uint Seed { get; } = seed;

    /// <summary>The step of a sequence that this launch computes.</summary>
    public int Position { get; } = position;

    /// <summary>Sizes and places, in which kernels of one method differ.</summary>
    public ArrayView<int> Numbers { get; } = numbers;

    /// <summary>Where the parts of a product's sums lie, part after part.</summary>
    public ArrayView<float> Scratch { get; }

    /// <summary>Parts into which the sums of a product are split.</summary>
    public int Parts { get; }

    /// <summary>Sums of a product.</summary>
    public int Sums { get; }

    /// <summary>This launch adds the parts of the sums.</summary>
    public bool Summing => summing != 0;

    /// <summary>The same counters for a step of a sequence, and a kernel's numbers.</summary>
    public SimtStep At(int place, ArrayView<int> row) => new(Samples, Step, Seed, place, row);

    /// <summary>The same for a product in parts.</summary>
    public SimtStep In(int parts, int sums, ArrayView<float> scratch, bool adds) => new(this, scratch, parts, sums, adds);
}

/// <summary>
/// The one signature of emitted SIMT kernels: a thread an item, and the arenas. On a GPU sample n begins at n * <see cref="ProgramDefinition.SampleSize"/>. A product
/// has no items: its threads work on tiles in groups.
/// </summary>
public delegate void SimtMethod(
    Index1D item,
    ArrayView<float> samples,
    ArrayView<float> constants,
    ArrayView<float> parameters,
    ArrayView<float> gradients,
    SimtStep step);

/// <summary>A kernel to launch.</summary>
/// <param name="Name">The kernel.</param>
/// <param name="Method">The method, which other kernels of its form share.</param>
/// <param name="Launch">How it is launched.</param>
public sealed record SimtKernel(string Name, SimtMethod Method, SimtLaunch Launch)
{
    /// <summary>What a launch is told.</summary>
    /// <param name="launch">Its place among the launches of the kernel.</param>
    /// <param name="step">The counters of the step.</param>
    /// <param name="numbers">The kernel's numbers, on the device.</param>
    public SimtStep At(int launch, SimtStep step, ArrayView<int> numbers) => step.At(Launch.Reversed ? Launch.Steps - 1 - launch : launch, numbers);
}

/// <summary>The GPU form of a program: kernels launched in order, in one stream.</summary>
/// <param name="Kernels">The kernels; same order and names as <see cref="ProgramDefinition.Kernels"/>.</param>
public sealed record SimtProgram(IReadOnlyList<SimtKernel> Kernels)
{
    /// <summary>The kernels of a definition.</summary>
    /// <param name="program">Says how they are launched.</param>
    /// <param name="methods">A method for each.</param>
    public SimtProgram(ProgramDefinition program, params SimtMethod[] methods)
        : this([.. program.Kernels.Zip(methods, static (kernel, method) => new SimtKernel(kernel.Name, method, kernel.Simt!))])
    {
    }
}
