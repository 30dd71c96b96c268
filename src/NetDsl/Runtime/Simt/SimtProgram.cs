using ILGPU;

namespace NetDsl.Runtime;

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
