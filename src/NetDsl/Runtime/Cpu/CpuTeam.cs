using System.Runtime.CompilerServices;

namespace NetDsl.Runtime;

/// <summary>
/// The threads that run the steps of all networks on one CPU device, one step at a time. The calling thread is worker 0; the others
/// start with the first step that asks for them and live until the device is disposed.
/// </summary>
/// <remarks>
/// Nobody waits for a thread, only for items: a loop has ended when all its items are done, whoever did them. A thread that wakes late, or whose
/// processor is taken away between two items, finds nothing left of the loops that have ended, and joins in where the others are.
/// </remarks>
sealed class CpuTeam : IDisposable
{
    // Added to how many threads are inside a job while there is none to enter.
    const int Closed = int.MinValue;

    // More than all items of a job, and as often as there are workers no more than a number holds.
    const long Abandoned = 1L << 40;

    readonly Lock turn = new();
    readonly CpuWorker alone;
    readonly CpuWorker[] workers;
    readonly Signal begun = new();
    readonly Signal ended = new();
    readonly Signal done = new();
    readonly ItemShares shares;
    readonly Func<ITeamThreads> source;
    Task<ITeamThreads>? starting;
    ITeamThreads? threads;
    ICpuJob? job;
    int inside = Closed;
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
        shares = new ItemShares(count);
        workers = new CpuWorker[count];
        for (var index = 0; index < count; index++)
        {
            workers[index] = new(this) { Index = index, Count = count };
        }
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
            if (solo || Count == 1)
            {
                Work(next, alone, observer);
            }
            else if (hasty && starting is not { IsCompleted: true })
            {
                // They start behind the first job: while they do, they take the compiler from its kernels.
                Work(next, alone, observer);
                Start();
            }
            else
            {
                Join();
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
        for (long seen = 0; ;)
        {
            begun.Wait(seen + 1);
            if (disposed)
            {
                return;
            }

            seen = begun.Value;
            if (Interlocked.Increment(ref inside) > 0)
            {
                Work(job!, workers[index], null);
            }

            if (Interlocked.Decrement(ref inside) == Closed)
            {
                ended.Advance();
            }
        }
    }

    /// <summary>Takes items of a loop; see <see cref="ItemShares.Take"/>.</summary>
    public bool Take(int worker, uint loop, int items, out int begin, out int end, int least) => shares.Take(worker, loop, items, out begin, out end, least);

    /// <summary>Waits until as many items are done in this job.</summary>
    /// <param name="items">Items of all loops so far.</param>
    public void Meet(long items)
    {
        done.Wait(items);
        if (Volatile.Read(ref failed) != 0)
        {
            throw new StepAbandonedException();
        }
    }

    /// <summary>A worker has done items.</summary>
    public void Finish(int items) => done.Advance(items);

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

    /// <summary>Starts the other threads, if nobody has.</summary>
    Task<ITeamThreads> Start() => starting ??= Task.Run(() =>
    {
        var made = source();
        made.Start(this, Count - 1);
        return made;
    });

    /// <summary>Waits until the other threads serve.</summary>
    void Join() => threads ??= Start().GetAwaiter().GetResult();

    void RunTogether(ICpuJob next, KernelObserver? observer)
    {
        job = next;
        shares.Clear();
        done.Reset();
        Interlocked.Add(ref inside, Closed);
        begun.Advance();
        Work(next, workers[0], observer);

        // Who has not come by now does not come; who has come runs to the end.
        var seen = ended.Value;
        if (Interlocked.Add(ref inside, Closed) != Closed)
        {
            do
            {
                ended.Wait(seen + 1);
                seen = ended.Value;
            }
            while (Volatile.Read(ref inside) != Closed);
        }

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

        Volatile.Write(ref failed, 1);
        done.Advance(Abandoned);
    }

    /// <summary>Leaves a worker's part of a step that has failed elsewhere.</summary>
    sealed class StepAbandonedException : Exception;
}
