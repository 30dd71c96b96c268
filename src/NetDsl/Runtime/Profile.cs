using System.Diagnostics;

namespace NetDsl.Runtime;

/// <summary>
/// The time of each kernel of a program. Give it to <see cref="Network.Profile"/>, run steps, read it. A kernel's time is that of its slowest
/// thread.
/// </summary>
public sealed class Profile
{
    readonly Entry[] entries;
    long last;

    /// <param name="program">The program that is to be measured; others leave the profile as it is.</param>
    public Profile(ProgramDefinition program)
    {
        ArgumentNullException.ThrowIfNull(program);
        Program = program;
        Recorder = new Clock(this);
        entries = new Entry[program.Kernels.Count + Phases.Count];
        Array.Fill(entries, new Entry { Least = long.MaxValue });
    }

    /// <summary>The program that is measured.</summary>
    public ProgramDefinition Program { get; }

    /// <summary>
    /// The kernels in order, then what the runtime itself does: laying the inputs out, handing the outputs over, checking the gradients, and
    /// the solver's update. What never ran is left out.
    /// </summary>
    public IReadOnlyList<KernelTime> Times
    {
        get
        {
            var times = new List<KernelTime>();
            for (var i = 0; i < entries.Length; i++)
            {
                if (entries[i] is { Count: > 0 } entry)
                {
                    var (name, layer, backward) = Describe(i);
                    var mean = TimeSpan.FromSeconds((double)entry.Total / entry.Count / Stopwatch.Frequency);
                    times.Add(new KernelTime(name, layer, backward, entry.Count, TimeSpan.FromSeconds((double)entry.Least / Stopwatch.Frequency), mean));
                }
            }

            return times;
        }
    }

    internal KernelObserver Recorder { get; }

    internal void Start() => last = Stopwatch.GetTimestamp();

    void Completed(int kernel)
    {
        var now = Stopwatch.GetTimestamp();
        ref var entry = ref entries[kernel];
        entry.Count++;
        entry.Total += now - last;
        entry.Least = Math.Min(entry.Least, now - last);
        last = now;
    }

    (string Name, string Layer, bool Backward) Describe(int index)
    {
        if (index < Program.Kernels.Count)
        {
            var kernel = Program.Kernels[index];
            return (kernel.Name, kernel.Layer, kernel.Backward);
        }

        return (Phases.Name(Program, index), "", false);
    }

    sealed class Clock(Profile profile) : KernelObserver
    {
        public override void Completed(int kernel) => profile.Completed(kernel);
    }

    struct Entry
    {
        public int Count;
        public long Total;
        public long Least;
    }
}

/// <summary>The time of a kernel.</summary>
/// <param name="Name">The kernel, or what the runtime did.</param>
/// <param name="Layer">The layer that it belongs to; empty for the runtime's own work.</param>
/// <param name="Backward">It belongs to the backward half.</param>
/// <param name="Count">How often it ran.</param>
/// <param name="Least">The shortest time.</param>
/// <param name="Mean">The mean time.</param>
public sealed record KernelTime(string Name, string Layer, bool Backward, int Count, TimeSpan Least, TimeSpan Mean);
