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
    const string SizeKey = "size";

    /// <summary>So far from the end of the numbers that no arithmetic on positions overflows.</summary>
    const long MostSamples = 1L << 53;

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
            ["input"] = progress.Input,
            ["position"] = Text(progress.Position),
            ["batch"] = Text(network.BatchSize),
            ["accumulate"] = Text(progress.Accumulate),
        };
        if (SizeOf(network) is { } size)
        {
            text.Add(SizeKey, size);
        }

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
        Input = Required("input"),
        Position = Number<long>("position") is var position and <= MostSamples ? position : throw new CheckpointException(file, "its 'position' is more than any run reaches: the snapshot is damaged."),
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

    /// <exception cref="CheckpointException">A setting is another; the message names it.</exception>
    public void CheckSettings(Network network, Solver solver, RunProgress run)
    {
        Check("network", network.Definition.Name, "network");
        Check("graph", network.Definition.GraphHash, "graph (its parameters are the same, but it was changed)");
        Check("batch", Text(network.BatchSize));
        Check(SizeKey, SizeOf(network), "height and width");
        Check("data", run.Data);
        Check("input", run.Input);
        Check("accumulate", Text(run.Accumulate));
        var settings = solver.Settings.ToDictionary();
        foreach (var name in text.Keys.Where(IsSolver).Select(static key => key[SolverPrefix.Length..]).Union(settings.Keys))
        {
            Check(SolverPrefix + name, settings.GetValueOrDefault(name), name);
        }
    }

    /// <summary>Height and width of an instance that the declaration leaves free; null for a network that has its own.</summary>
    public (int Height, int Width)? Size() => text.TryGetValue(SizeKey, out var size)
        ? size.Split('x') is [var height, var width] && int.TryParse(height, NumberStyles.None, CultureInfo.InvariantCulture, out var h) && int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out var w)
            ? (h, w)
            : throw new CheckpointException(file, $"its '{SizeKey}' is not a height and a width: the snapshot is damaged.")
        : null;

    static string? SizeOf(Network network) => network.Definition.Sizes is { } sizes ? string.Create(CultureInfo.InvariantCulture, $"{sizes.Height}x{sizes.Width}") : null;

    void Check(string key, string? now, string? name = null)
    {
        if (text.GetValueOrDefault(key) is var then && then != now)
        {
            throw new CheckpointException(
                file, $"the run cannot be resumed with another {name ?? key}: it was '{then ?? "none"}' and is now '{now ?? "none"}'. Set it back, or start a new run from the weights alone.");
        }
    }

    static bool IsSolver(string key) => key.StartsWith(SolverPrefix, StringComparison.Ordinal);

    static string Text(IFormattable value) => value.ToString(value is double ? "R" : null, CultureInfo.InvariantCulture);
}
