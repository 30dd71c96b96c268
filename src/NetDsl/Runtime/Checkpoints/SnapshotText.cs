using System.Globalization;
using System.Numerics;
using NetDsl.Solvers;

namespace NetDsl.Runtime.Checkpoints;

/// <summary>What a snapshot says in words: the metadata of its file.</summary>
/// <param name="file">The file, for messages.</param>
/// <param name="text">Its metadata.</param>
sealed class SnapshotText(string file, IReadOnlyDictionary<string, string> text)
{
    const string SolverPrefix = "solver.";

    /// <summary>What <see cref="Progress"/> and <see cref="CheckSettings"/> read.</summary>
    public static Dictionary<string, string> Write(Network network, Solver solver, RunProgress progress)
    {
        var text = new Dictionary<string, string>
        {
            ["network"] = network.Definition.Name,
            ["graph"] = network.Definition.GraphHash,
            ["iteration"] = Text(progress.Iteration),
            ["seed"] = Text(progress.Seed),
            ["data"] = progress.Data,
            ["position"] = Text(progress.Position),
            ["batch"] = Text(network.Batch),
            ["accumulate"] = Text(progress.Accumulate),
        };
        foreach (var (name, value) in solver.Settings)
        {
            text.Add(SolverPrefix + name, value);
        }

        if (progress.Best is { } best)
        {
            text.Add("best.name", best.Name);
            text.Add("best.value", Text(best.Value));
            text.Add("best.iteration", Text(best.Iteration));
        }

        return text;
    }

    /// <summary>Where the run stood.</summary>
    public RunProgress Progress(IReadOnlyList<float> losses) => new()
    {
        Iteration = Number<int>("iteration"),
        Seed = Number<ulong>("seed"),
        Data = Required("data"),
        Position = Number<long>("position"),
        Accumulate = Number<int>("accumulate"),
        Losses = losses,
        Best = text.TryGetValue("best.name", out var name) ? new BestScore(name, Number<double>("best.value"), Number<int>("best.iteration")) : null,
    };

    /// <summary>The text under a key.</summary>
    /// <exception cref="CheckpointException">There is none.</exception>
    public string Required(string key) =>
        text.GetValueOrDefault(key) ?? throw new CheckpointException(file, $"it holds weights only, without the '{key}' of a run; start a new run with --weights instead of resuming.");

    /// <summary>The number under a key, not negative.</summary>
    /// <exception cref="CheckpointException">There is none.</exception>
    public T Number<T>(string key)
        where T : struct, INumber<T> =>
        T.TryParse(Required(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && (number >= T.Zero || typeof(T) == typeof(double))
            ? number
            : throw new CheckpointException(file, $"its '{key}' is not a number: the snapshot is damaged.");

    /// <exception cref="CheckpointException">The value under a key is another; the message begins with <paramref name="problem"/>.</exception>
    public void CheckSame(string key, string now, string problem)
    {
        var then = Required(key);
        if (then != now)
        {
            throw new CheckpointException(file, $"{problem} ({key} {then} then, {now} now).");
        }
    }

    /// <exception cref="CheckpointException">The batch or a setting of the solver is another; the message names it.</exception>
    public void CheckSettings(Network network, Solver solver)
    {
        CheckSame("batch", Text(network.Batch), "the run cannot go on with another batch");
        var now = solver.Settings.ToDictionary();
        foreach (var (key, then) in text.Where(static pair => pair.Key.StartsWith(SolverPrefix, StringComparison.Ordinal)))
        {
            var name = key[SolverPrefix.Length..];
            if (now.GetValueOrDefault(name) is var value && value != then)
            {
                throw new CheckpointException(file, $"the run was trained with {name} {then}, and cannot go on with {value ?? "none"}: set it back, or start a new run with --weights.");
            }
        }

        if (now.Keys.FirstOrDefault(name => !text.ContainsKey(SolverPrefix + name)) is { } added)
        {
            throw new CheckpointException(file, $"the run was trained without {added}, and cannot go on with {now[added]}.");
        }
    }

    static string Text(IFormattable value) => value.ToString(value is double ? "R" : null, CultureInfo.InvariantCulture);
}
