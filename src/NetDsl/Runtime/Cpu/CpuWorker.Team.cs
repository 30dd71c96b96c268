namespace NetDsl.Runtime;

public sealed unsafe partial class CpuWorker
{
    readonly CpuTeam team;
    KernelObserver? observer;
    uint loop;
    long due;
    int taken;
    bool alone;

    /// <summary>The norm of the gradients, as this worker has added it up.</summary>
    internal double GradientNorm { get; set; }

    internal CpuWorker(CpuTeam team) => this.team = team;

    /// <summary>This worker's thread as a team of its own: for what it computes without the others.</summary>
    internal CpuWorker Alone => field ??= new CpuWorker(team) { Index = Index, Count = 1 };

    /// <summary>The kernel that this worker is in: what to name when it throws.</summary>
    internal int Kernel { get; private set; }

    /// <summary>
    /// Ends kernel number <paramref name="kernel"/>: returns when all its items are done, so that what they wrote can be read. When a kernel has
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

    /// <summary>
    /// Takes items of a loop that the team shares; false when none are left, which ends the loop for this worker. All workers come to the same loops in
    /// the same order, with the same number of items; what a program computes outside of them, every worker computes.
    /// </summary>
    /// <param name="items">Items of the loop.</param>
    /// <param name="begin">The first to compute.</param>
    /// <param name="end">One behind the last.</param>
    /// <param name="least">Fewer are not taken while there are more: what is prepared for the first serves the others.</param>
    public bool Take(int items, out int begin, out int end, int least = 1)
    {
        if (Count == 1)
        {
            (begin, end) = (0, items);
            alone = !alone;
            return alone;
        }

        if (team.Take(Index, loop, items, out begin, out end, least))
        {
            taken += end - begin;
            return true;
        }

        loop++;
        due += items;
        if (taken > 0)
        {
            team.Finish(taken);
            taken = 0;
        }

        return false;
    }

    /// <summary>Returns when the items of all loops so far are done, within a kernel or before the first: what they wrote can be read.</summary>
    public void Meet()
    {
        if (Count > 1)
        {
            team.Meet(due);
        }
    }

    /// <summary>What comes next is kernel number <paramref name="kernel"/>.</summary>
    internal void Enter(int kernel) => Kernel = kernel;

    internal void Begin(KernelObserver? observer)
    {
        this.observer = observer;
        Kernel = 0;
        loop = 1;
        due = 0;
        taken = 0;
        alone = false;
    }
}
