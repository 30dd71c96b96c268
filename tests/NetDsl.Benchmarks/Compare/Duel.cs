using System.Globalization;

namespace NetDsl.Benchmarks.Compare;

/// <summary>What both sides measured, round by round.</summary>
sealed class Duel
{
    readonly List<Measurement> ours = [];
    readonly List<Measurement> theirs = [];

    /// <summary>Runs both in turn. It ends after the first round in which one of them measures nothing.</summary>
    public static Duel Run(int rounds, Func<Measurement?> ours, Func<Measurement?> theirs)
    {
        var duel = new Duel();
        for (var round = 0; round < rounds; round++)
        {
            var (own, other) = (ours(), theirs());
            if (own is { } a)
            {
                duel.ours.Add(a);
            }

            if (other is { } b)
            {
                duel.theirs.Add(b);
            }

            if (own is null || other is null)
            {
                break;
            }
        }

        return duel;
    }

    /// <summary>The ratio of the medians of all rounds, and the medians: <c>3.2× (3.56 : 11.4 ms)</c>.</summary>
    public string Speed => Cell(static measurement => measurement.Median, "ms");

    /// <summary>The same for the peak of memory: <c>2.4× (84 : 205 MB)</c>.</summary>
    public string Memory => Cell(static measurement => measurement.Peak, "MB");

    string Cell(Func<Measurement, double> quantity, string unit)
    {
        var (own, other) = (Median(ours, quantity), Median(theirs, quantity));
        return (own, other) switch
        {
            ({ } a, { } b) => string.Create(CultureInfo.InvariantCulture, $"{b / a:F1}× ({a:G3} : {b:G3} {unit})"),
            ({ } a, null) => string.Create(CultureInfo.InvariantCulture, $"– ({a:G3} {unit})"),
            _ => "–",
        };
    }

    static double? Median(List<Measurement> measurements, Func<Measurement, double> quantity) =>
        measurements.Count == 0 ? null : Middle.Of(measurements.Select(quantity));
}
