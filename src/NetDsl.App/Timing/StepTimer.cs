using System.Diagnostics;
using NetDsl.Runtime;
using NetDsl.Solvers;

namespace NetDsl.App;

/// <summary>Repeats a network's step on made-up samples and measures it.</summary>
sealed class StepTimer
{
    const int FewestSteps = 5;
    const int MostSteps = 1_000_000;

    // What a step allocates is allocated in every window; what the runtime allocates now and then is not.
    const int Windows = 4;

    readonly Network network;
    readonly Solver? solver;

    /// <param name="network">An instance with room for what is to be measured.</param>
    /// <param name="solver">The solver of a training step; null measures predictions.</param>
    public StepTimer(Network network, Solver? solver)
    {
        // At a learning rate of 0 the update does its full work and changes nothing, so made-up samples lead nowhere.
        (this.network, this.solver) = (network, solver is null ? null : solver with { LearningRate = 0 });
        network.Initialize(seed: 1);
        MadeUpSamples.Fill(network);
    }

    /// <summary>Repeats the step for some time.</summary>
    public StepTimes Measure(TimeSpan duration)
    {
        var times = new List<long>(MostSteps);
        var allocated = long.MaxValue;
        for (var window = 0; window < Windows; window++)
        {
            var (before, first) = (GC.GetTotalAllocatedBytes(precise: true), times.Count);
            Repeat(duration / Windows, times);
            allocated = Math.Min(allocated, (GC.GetTotalAllocatedBytes(precise: true) - before) / (times.Count - first));
        }

        return StepTimes.Create(times, allocated);
    }

    void Repeat(TimeSpan duration, List<long> times)
    {
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        for (var i = 0; times.Count < FewestSteps || i == 0 || (start < end && times.Count < MostSteps - FewestSteps); i++)
        {
            Step();
            var now = Stopwatch.GetTimestamp();
            times.Add(now - start);
            start = now;
        }
    }

    /// <summary>Repeats the step for some time and measures each kernel of it.</summary>
    public IReadOnlyList<KernelTime> MeasureKernels(ProgramDefinition program, TimeSpan duration)
    {
        // The first step compiles the kernels, and is not the one that is told: looked at, it takes the same way as the others.
        network.Profile = new Profile(program);
        Step();
        var profile = new Profile(program);
        network.Profile = profile;
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < FewestSteps || Stopwatch.GetElapsedTime(start) < duration; i++)
        {
            Step();
        }

        network.Profile = null;
        return profile.Times;
    }

    void Step()
    {
        if (solver is null)
        {
            network.RunPrediction();
        }
        else
        {
            network.Step(solver);
        }
    }
}
