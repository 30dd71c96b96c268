using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NetDsl.Runtime;

/// <summary>
/// A number that threads advance and others wait for. A waiter spins for as long as a kernel or the pause between two steps usually keeps it, since to
/// wake a thread costs more; then offers its core to others, since the late thread may need it; then sleeps.
/// </summary>
sealed class Signal
{
    const int Yields = 16;
    const int SpinsBetweenLooksAtTheClock = 16;
    const int SpinMicroseconds = 500;

    // With fewer cores than threads, the thread that is waited for may need this very core.
    static readonly long SpinTime = Environment.ProcessorCount > 1 ? SpinMicroseconds * Stopwatch.Frequency / 1_000_000 : 0;

    readonly object gate = new();
    Padded state;

    /// <summary>The number.</summary>
    public long Value => Volatile.Read(ref state.Value);

    /// <summary>Sets the number back to 0. Nobody may wait for it.</summary>
    public void Reset() => Volatile.Write(ref state.Value, 0);

    /// <summary>Advances the number and wakes those who wait for it.</summary>
    public void Advance(long by = 1)
    {
        // Both sides use full fences: either the sleeper is counted here, or it sees the new number before it sleeps.
        Interlocked.Add(ref state.Value, by);
        if (Volatile.Read(ref state.Sleepers) > 0)
        {
            lock (gate)
            {
                Monitor.PulseAll(gate);
            }
        }
    }

    /// <summary>Returns as soon as the number is <paramref name="awaited"/> or more.</summary>
    public void Wait(long awaited)
    {
        if (Value >= awaited || Spin(awaited))
        {
            return;
        }

        lock (gate)
        {
            Interlocked.Increment(ref state.Sleepers);
            while (Value < awaited)
            {
                Monitor.Wait(gate);
            }

            Interlocked.Decrement(ref state.Sleepers);
        }
    }

    bool Spin(long awaited)
    {
        var start = Stopwatch.GetTimestamp();
        do
        {
            for (var spin = 0; spin < SpinsBetweenLooksAtTheClock; spin++)
            {
                Thread.SpinWait(4);
                if (Value >= awaited)
                {
                    return true;
                }
            }
        }
        while (Stopwatch.GetTimestamp() - start < SpinTime);

        for (var yield = 0; yield < Yields; yield++)
        {
            Thread.Yield();
            if (Value >= awaited)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Keeps the number on a cache line of its own.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    struct Padded
    {
        [FieldOffset(64)]
        public long Value;

        [FieldOffset(192)]
        public int Sleepers;
    }
}
