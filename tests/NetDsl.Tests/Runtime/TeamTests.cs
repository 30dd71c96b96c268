using NetDsl.Runtime;

namespace NetDsl.Tests.Runtime;

public class TeamTests
{
    [Theory]
    [InlineData(2, false), InlineData(3, false), InlineData(8, false), InlineData(3, true)]
    public void Nobody_goes_on_before_all_items_are_done(int threads, bool burdened)
    {
        using var team = new CpuTeam(threads);
        using var burden = new Burden(burdened);
        var job = new Counting(threads, rounds: 50);
        for (var step = 0; step < 10; step++)
        {
            team.Run(job, solo: false);
            job.Done += 50;
        }

        Assert.False(job.SomebodyWasEarly);
        Assert.All(job.Rounds, static count => Assert.Equal(500, count));
    }

    [Fact]
    public void A_thread_that_does_not_come_is_not_waited_for()
    {
        using var team = new CpuTeam(3, static () => new NoThreads());
        var job = new Counting(3, rounds: 5);
        team.Run(job, solo: false);
        Assert.Equal([5 * Counting.Items, 0, 0], job.Counts);
    }

    [Fact]
    public void A_thread_that_is_late_wakes_those_who_sleep()
    {
        using var team = new CpuTeam(3);
        for (var step = 0; step < 3; step++)
        {
            team.Run(new Late(step % 3), solo: false);
            Thread.Sleep(20);
        }
    }

    [Fact]
    public void A_job_alone_stays_on_the_calling_thread()
    {
        using var team = new CpuTeam(4);
        var job = new Counting(1, rounds: 10);
        team.Run(job, solo: true);
        Assert.Equal([10 * Counting.Items], job.Counts);
    }

    [Fact]
    public void Whoever_fails_the_others_end()
    {
        using var team = new CpuTeam(3);
        for (var round = 0; round < 200; round++)
        {
            var thrown = Assert.Throws<InvalidOperationException>(() => team.Run(new Failing(round % 3), solo: false));
            Assert.Equal($"kernel {round % 3}", thrown.Message);
        }
    }

    [Fact]
    public void Where_all_others_fail_who_waits_for_their_items_ends_too()
    {
        using var team = new CpuTeam(16);
        Assert.Throws<FormatException>(() => team.Run(new Deserting(16), solo: false));
    }

    [Fact]
    public void Threads_of_our_own_do_as_well()
    {
        var threads = new PlainThreads();
        using var team = new CpuTeam(3, () => threads);
        var job = new Counting(3, rounds: 100);
        team.Run(job, solo: false);
        Assert.All(job.Rounds, static count => Assert.Equal(100, count));
    }

    [Fact]
    public void A_hasty_job_does_not_wait_for_threads_that_start()
    {
        using var late = new LateThreads();
        using var team = new CpuTeam(3, () => late);
        var first = new Counting(3, rounds: 5);
        team.Run(first, solo: false, hasty: true);
        Assert.Equal([5 * Counting.Items, 0, 0], first.Counts);

        late.Released.Set();
        var second = new Counting(3, rounds: 5);
        team.Run(second, solo: false);
        Assert.All(second.Rounds, static count => Assert.Equal(5, count));
    }

    [Fact]
    public void Threads_that_cannot_start_fail_the_job_that_needs_them_and_no_other()
    {
        using var team = new CpuTeam(2, static () => throw new InvalidOperationException("no threads"));
        Assert.Equal("no threads", Assert.Throws<InvalidOperationException>(() => team.Run(new Counting(2, rounds: 1), solo: false)).Message);
        var alone = new Counting(2, rounds: 4);
        team.Run(alone, solo: true);
        Assert.Equal([4 * Counting.Items, 0], alone.Counts);
    }

    /// <summary>Threads that never come.</summary>
    sealed class NoThreads : ITeamThreads
    {
        public void Start(CpuTeam team, int count)
        {
        }

        public void Dispose()
        {
        }
    }

    /// <summary>Threads that start when they are told to.</summary>
    sealed class LateThreads : ITeamThreads
    {
        readonly PlainThreads threads = new();

        public ManualResetEventSlim Released { get; } = new();

        public void Start(CpuTeam team, int count)
        {
            Released.Wait();
            threads.Start(team, count);
        }

        public void Dispose() => threads.Dispose();
    }

    /// <summary>Counts how often each item is done; a worker that finds one undone behind the loop has gone on too early.</summary>
    sealed class Counting(int workers, int rounds) : ICpuJob
    {
        public const int Items = 24;

        public int[] Counts { get; } = new int[workers];

        public int[] Rounds { get; } = new int[Items];

        /// <summary>Rounds of the jobs before.</summary>
        public int Done { get; set; }

        public bool SomebodyWasEarly { get; private set; }

        public void Run(CpuWorker worker)
        {
            var before = Done;
            for (var round = 1; round <= rounds; round++)
            {
                while (worker.Take(Items, out var begin, out var end))
                {
                    Counts[worker.Index] += end - begin;
                    for (var item = begin; item < end; item++)
                    {
                        Volatile.Write(ref Rounds[item], Rounds[item] + 1);
                    }
                }

                worker.Complete(0);
                for (var item = 0; item < Items; item++)
                {
                    SomebodyWasEarly |= Volatile.Read(ref Rounds[item]) < before + round;
                }
            }
        }

        public Exception Explain(Exception failure, int kernel) => failure;
    }

    /// <summary>One worker is long at an item.</summary>
    sealed class Late(int index) : ICpuJob
    {
        volatile bool taken;

        public void Run(CpuWorker worker)
        {
            if (worker.Index != index)
            {
                SpinWait.SpinUntil(() => taken);
            }

            while (worker.Take(3, out _, out _))
            {
                taken = true;
                Thread.Sleep(worker.Index == index ? 30 : 0);
            }

            worker.Complete(0);
        }

        public Exception Explain(Exception failure, int kernel) => failure;
    }

    /// <summary>Every worker takes an item; all but the caller fail with it.</summary>
    sealed class Deserting(int workers) : ICpuJob
    {
        int come;

        public void Run(CpuWorker worker)
        {
            while (worker.Take(workers, out _, out _))
            {
                Interlocked.Increment(ref come);
                SpinWait.SpinUntil(() => Volatile.Read(ref come) == workers);
                if (worker.Index > 0)
                {
                    throw new FormatException();
                }
            }

            worker.Complete(0);
        }

        public Exception Explain(Exception failure, int kernel) => failure;
    }

    /// <summary>A worker fails in the kernel of its number.</summary>
    sealed class Failing(int index) : ICpuJob
    {
        volatile bool come;

        public void Run(CpuWorker worker)
        {
            // Nobody waits for a worker that does not come, and without it nobody fails.
            if (worker.Index == index)
            {
                come = true;
            }

            SpinWait.SpinUntil(() => come);
            for (var kernel = 0; kernel < 3; kernel++)
            {
                if (worker.Index == index && kernel == index)
                {
                    throw new FormatException();
                }

                worker.Complete(kernel);
            }
        }

        public Exception Explain(Exception failure, int kernel) => new InvalidOperationException($"kernel {kernel}", failure);
    }

    /// <summary>Another program that wants all cores.</summary>
    sealed class Burden : IDisposable
    {
        readonly CancellationTokenSource end = new();
        readonly Thread[] threads = [];

        public Burden(bool wanted)
        {
            if (wanted)
            {
                threads = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() =>
                {
                    while (!end.IsCancellationRequested)
                    {
                        Thread.SpinWait(100);
                    }
                }))];
                Array.ForEach(threads, static thread => thread.Start());
            }
        }

        public void Dispose()
        {
            end.Cancel();
            Array.ForEach(threads, static thread => thread.Join());
            end.Dispose();
        }
    }
}
