using System.Runtime.CompilerServices;

namespace NetDsl.Runtime;

/// <summary>
/// The threads that run the steps of all networks on one CPU device, one step at a time. The calling thread is worker 0; the others
/// start with the first step that asks for them and live until the device is disposed.
/// </summary>
sealed class CpuTeam : IDisposable
{
    readonly Lock turn = new();
    readonly CpuWorker alone;
    readonly CpuWorker[] workers;
    readonly Signal begun = new();
    readonly Signal ended = new();
    readonly Signal barrier = new();
    readonly Func<ITeamThreads> source;
    Task<ITeamThreads>? starting;
    ITeamThreads? threads;
    ICpuJob? job;
    int busy;
    int arrived;
    int failed;
    int failedKernel;
    Exception? failure;
    bool disposed;

    /// <param name="count">How many threads, the calling one included.</param>
    /// <param name="source">Where the others come from; ILGPU's CPU accelerator unless it cannot run.</param>
    public CpuTeam(int count, Func<ITeamThreads>? source = null)
    {
        this.source = source ?? (static () => RuntimeFeature.IsDynamicCodeSupported ? new IlgpuThreads() : new PlainThreads());
        alone = new CpuWorker(this) { Index = 0, Count = 1 };
        workers = [.. Enumerable.Range(0, count).Select(index => new CpuWorker(this) { Index = index, Count = count })];
    }

    /// <summary>How many threads, the calling one included.</summary>
    public int Count => workers.Length;

    /// <summary>
    /// Runs a job to its end, on all threads or on the calling thread alone. An exception on any thread ends the job on all of them and
    /// is thrown here. Networks that share a device take turns.
    /// </summary>
    /// <param name="next">The job.</param>
    /// <param name="solo">It is too small for several threads.</param>
    /// <param name="hasty">It does not wait for threads that are still starting, which takes several times as long as most predictions: the calling thread does it all.</param>
    /// <param name="observer">Is told when kernels are complete.</param>
    public void Run(ICpuJob next, bool solo, bool hasty = false, KernelObserver? observer = null)
    {
        lock (turn)
        {
            ObjectDisposedException.ThrowIf(disposed, typeof(Device));
            failure = null;
            failed = 0;
            arrived = 0;
            if (solo || Count == 1 || !Started(wait: !hasty))
            {
                Work(next, alone, observer);
            }
            else
            {
                RunTogether(next, observer);
            }

            if (failure is { } exception)
            {
                failure = null;
                throw next.Explain(exception, failedKernel);
            }
        }
    }

    /// <summary>The life of a resident thread.</summary>
    public void Serve(int index)
    {
        for (var seen = 0; ; seen++)
        {
            begun.Wait(seen);
            if (disposed)
            {
                return;
            }

            Work(job!, workers[index], null);
            if (Interlocked.Decrement(ref busy) == 0)
            {
                ended.Advance();
            }
        }
    }

    /// <summary>Waits until all workers have come here.</summary>
    public void Meet()
    {
        var seen = barrier.Value;
        if (Volatile.Read(ref failed) == 0)
        {
            if (Interlocked.Increment(ref arrived) == Count)
            {
                arrived = 0;
                barrier.Advance();
            }
            else
            {
                barrier.Wait(seen);
            }
        }

        if (Volatile.Read(ref failed) != 0)
        {
            throw new StepAbandonedException();
        }
    }

    public void Dispose()
    {
        lock (turn)
        {
            if (!disposed)
            {
                disposed = true;
                begun.Advance();
                if (starting is { } start)
                {
                    ((IAsyncResult)start).AsyncWaitHandle.WaitOne();
                    if (start.IsCompletedSuccessfully)
                    {
                        start.Result.Dispose();
                    }
                }
            }
        }
    }

    /// <summary>The other threads serve. The first question starts them.</summary>
    bool Started(bool wait)
    {
        if (threads is null)
        {
            starting ??= Task.Run(() =>
            {
                var made = source();
                made.Start(this, Count - 1);
                return made;
            });
            if (!wait && !starting.IsCompleted)
            {
                return false;
            }

            threads = starting.GetAwaiter().GetResult();
        }

        return true;
    }

    void RunTogether(ICpuJob next, KernelObserver? observer)
    {
        job = next;
        busy = Count - 1;
        var seen = ended.Value;
        begun.Advance();
        Work(next, workers[0], observer);
        ended.Wait(seen);
        job = null;
    }

    // An exception that left a kernel of ILGPU's would end the process, so none leaves this method.
    void Work(ICpuJob next, CpuWorker worker, KernelObserver? observer)
    {
        try
        {
            worker.Begin(observer);
            next.Run(worker);
        }
        catch (StepAbandonedException)
        {
        }
        catch (Exception exception)
        {
            Fail(exception, worker.Kernel);
        }
    }

    void Fail(Exception exception, int kernel)
    {
        lock (workers)
        {
            if (failure is null)
            {
                failedKernel = kernel;
                failure = exception;
            }
        }

        // In this order: who reads the signal's number before it advances is woken by it, who reads it later sees the failure first.
        Volatile.Write(ref failed, 1);
        barrier.Advance();
    }

    /// <summary>Leaves a worker's part of a step that has failed elsewhere.</summary>
    sealed class StepAbandonedException : Exception;
}
