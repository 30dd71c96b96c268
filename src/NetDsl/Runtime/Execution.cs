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

    /// <summary>
    /// Brings the host's copy of parameters, gradients or a history up to date, and expects the host to change it: where the device has memory of its own, the
    /// next step takes the host's copy.
    /// </summary>
    public abstract void Share(Arena memory);

    /// <summary>Memory was taken for the gradients with <see cref="ParameterDefinition.Factors"/>.</summary>
    public virtual bool StoresFactored => true;

    /// <summary>Brings the gradient of a parameter with <see cref="ParameterDefinition.Factors"/> into the gradients' memory.</summary>
    /// <exception cref="InvalidOperationException">It can be computed no more.</exception>
    public virtual void StoreFactored(ParameterDefinition parameter)
    {
    }

    /// <summary>Forgets a memory that is about to be disposed.</summary>
    public abstract void Forget(Arena memory);

    public abstract void Dispose();
}
