using System.Diagnostics;

namespace NetDsl.App;

/// <summary>How long a step took.</summary>
/// <param name="Median">Half of the steps took no longer.</param>
/// <param name="Least">The shortest.</param>
/// <param name="AllocatedBytes">Managed memory allocated for a step by all threads.</param>
sealed record StepTimes(TimeSpan Median, TimeSpan Least, long AllocatedBytes)
{
    public static StepTimes Create(List<long> ticks, long allocatedBytes)
    {
        ticks.Sort();
        return new(Time(ticks[ticks.Count / 2]), Time(ticks[0]), allocatedBytes);
    }

    static TimeSpan Time(long ticks) => TimeSpan.FromSeconds((double)ticks / Stopwatch.Frequency);
}
