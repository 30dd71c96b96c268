namespace NetDsl.Runtime;

public sealed unsafe partial class CpuWorker
{
    readonly CpuTeam team;
    KernelObserver? observer;

    /// <summary>The norm of the gradients, as this worker has added it up.</summary>
    internal double GradientNorm { get; set; }

    internal CpuWorker(CpuTeam team) => this.team = team;

    /// <summary>The kernel that this worker is in: what to name when it throws.</summary>
    internal int Kernel { get; private set; }

    /// <summary>
    /// Ends kernel number <paramref name="kernel"/>: returns when all workers have ended it, so that what they wrote can be read. When a kernel has
    /// failed on another worker it throws instead, and the step ends everywhere.
    /// </summary>
    public void Complete(int kernel)
    {
        Meet();
        observer?.Completed(kernel);
        Kernel = kernel + 1;
    }

    /// <summary>Ends the kernel that the worker is in.</summary>
    public void Complete() => Complete(Kernel);

    /// <summary>Returns when all workers have come here, within a kernel or before the first: what they wrote can be read.</summary>
    public void Meet()
    {
        if (Count > 1)
        {
            team.Meet();
        }
    }

    /// <summary>What comes next is kernel number <paramref name="kernel"/>.</summary>
    internal void Enter(int kernel) => Kernel = kernel;

    internal void Begin(KernelObserver? observer)
    {
        this.observer = observer;
        Kernel = 0;
    }
}
