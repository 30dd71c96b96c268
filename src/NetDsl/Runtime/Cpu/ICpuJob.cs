namespace NetDsl.Runtime;

/// <summary>What a team of threads does together: a step of a network.</summary>
interface ICpuJob
{
    /// <summary>One worker's part, called on every thread of the team. May call <see cref="CpuWorker.Complete(int)"/>, all workers equally often.</summary>
    void Run(CpuWorker worker);

    /// <summary>The exception to report when <paramref name="failure"/> left kernel number <paramref name="kernel"/>.</summary>
    Exception Explain(Exception failure, int kernel);
}
