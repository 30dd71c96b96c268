using System.Runtime.InteropServices;

namespace NetDsl.Runtime;

/// <summary>
/// A number that one thread advances and others wait for. A waiter spins for a few microseconds, since that is how long a balanced kernel
/// keeps it; then offers its core to others, since the late thread may need it; then sleeps. Spinning alone would make a step several
/// times slower as soon as another process takes a core.
/// </summary>
sealed class Signal
{
    const int Spins = 250;
    const int Yields = 16;

    // With fewer cores than threads, the thread that is waited for may need this very core.
    static readonly int SpinsHere = Environment.ProcessorCount > 1 ? Spins : 0;

    readonly object gate = new();
    Padded state;

    /// <summary>The number.</summary>
    public int Value => Volatile.Read(ref state.Value);

    /// <summary>Advances the number and wakes those who wait for it.</summary>
    public void Advance()
    {
        // Both sides use full fences: either the sleeper is counted here, or it sees the new number before it sleeps.
        Interlocked.Increment(ref state.Value);
        if (Volatile.Read(ref state.Sleepers) > 0)
        {
            lock (gate)
            {
                Monitor.PulseAll(gate);
            }
        }
    }

    /// <summary>Returns as soon as the number is no longer <paramref name="seen"/>.</summary>
    public void Wait(int seen)
    {
        for (var spin = 0; spin < SpinsHere; spin++)
        {
            if (Value != seen)
            {
                return;
            }

            Thread.SpinWait(4);
        }

        for (var yield = 0; yield < Yields; yield++)
        {
            if (Value != seen)
            {
                return;
            }

            Thread.Yield();
        }

        lock (gate)
        {
            Interlocked.Increment(ref state.Sleepers);
            while (Value == seen)
            {
                Monitor.Wait(gate);
            }

            Interlocked.Decrement(ref state.Sleepers);
        }
    }

    /// <summary>Keeps the number on a cache line of its own.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 192)]
    struct Padded
    {
        [FieldOffset(64)]
        public int Value;

        [FieldOffset(128)]
        public int Sleepers;
    }
}
