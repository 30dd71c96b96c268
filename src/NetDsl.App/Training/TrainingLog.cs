using System.Globalization;
using NetDsl.Training;

namespace NetDsl.App;

/// <summary>
/// The losses and held-out scores of a run by iteration, kept as <c>training.csv</c> beside its snapshots: rows of iteration, name and value. A run
/// that is resumed keeps the rows up to its snapshot.
/// </summary>
sealed class TrainingLog
{
    /// <summary>The smoothed training loss.</summary>
    public const string TrainingLoss = "training loss";

    /// <summary>What comes before the name of a score on the held-out data.</summary>
    public const string HeldOut = "held-out ";

    const string Header = "iteration,name,value";

    readonly string path;
    readonly List<LogRow> rows;

    /// <param name="folder">The run's folder.</param>
    /// <param name="iteration">Updates done so far.</param>
    public TrainingLog(string folder, int iteration)
    {
        path = Path.Combine(folder, "training.csv");
        rows = iteration > 0 && File.Exists(path) ? [.. File.ReadLines(path).Select(Parse).OfType<LogRow>().Where(row => row.Iteration <= iteration)] : [];
    }

    public IReadOnlyList<LogRow> Rows => rows;

    public void Add(TrainingStep step) => rows.Add(new(step.Iteration, TrainingLoss, step.SmoothedLoss));

    public void Add(int iteration, Evaluation evaluation) =>
        rows.AddRange(evaluation.Scores.Select(score => new LogRow(iteration, HeldOut + score.Key, score.Value)));

    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write() => File.WriteAllLines(path, rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Iteration},{row.Name},{row.Value:R}")).Prepend(Header));

    static LogRow? Parse(string line) =>
        line.Split(',') is [string iteration, string name, string value]
        && int.TryParse(iteration, CultureInfo.InvariantCulture, out var at) && double.TryParse(value, CultureInfo.InvariantCulture, out var number)
            ? new(at, name, number)
            : null;
}

/// <summary>A number of a run at an iteration.</summary>
sealed record LogRow(int Iteration, string Name, double Value);
