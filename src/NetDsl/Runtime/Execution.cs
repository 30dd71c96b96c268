namespace NetDsl.Runtime;

/// <summary>How a device runs the programs of one network.</summary>
abstract class Execution : IDisposable
{
    /// <summary>Runs a step. Where it was not <see cref="Step.Finite"/>, no parameter has changed.</summary>
    public abstract void Run(Step step);

    /// <summary>Runs a program without an update and calls back after each kernel, when the values it wrote can be read.</summary>
    public abstract void Replay(Step step, KernelObserver observer);

    /// <summary>Copies a value out of the arenas, row-major: for each sample, or once.</summary>
    public abstract void Read(BufferDefinition buffer, int samples, Span<float> destination);

    /// <summary>Brings the host's copy of the parameters up to date; the caller may then change it.</summary>
    public abstract void ShareParameters();

    /// <summary>Brings the host's copy of the gradients up to date.</summary>
    public abstract void ShareGradients();

    public abstract void Dispose();
}
