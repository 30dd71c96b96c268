using System.Globalization;
using NetDsl.Solvers;

namespace NetDsl.Runtime.Checkpoints;

/// <summary>
/// The folder of one run: its latest snapshots, and <c>best.safetensors</c>, the weights with the best held-out score. While it is open no other
/// run can use it.
/// </summary>
public sealed class RunFolder : IDisposable
{
    const string Prefix = "snapshot-";
    const string Suffix = ".safetensors";
    const int Digits = 8;

    readonly RunLock folderLock;

    RunFolder(string path)
    {
        Path = path;
        folderLock = new RunLock(path);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>How many snapshots are kept; older ones are deleted.</summary>
    public int Keep { get; init; } = 3;

    /// <summary>The file of the best weights.</summary>
    public string Best => System.IO.Path.Combine(Path, "best" + Suffix);

    /// <summary>Makes the folder if need be, takes it for this run, and clears away what a killed run left half written.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="keep">How many snapshots are kept.</param>
    /// <exception cref="CheckpointException">Another run is using it, or it cannot be written to.</exception>
    public static RunFolder Open(string path, int keep = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(path, $"the folder cannot be made: {exception.Message}", cause: exception);
        }

        var folder = new RunFolder(path) { Keep = keep };
        AtomicFile.Sweep(path, "*" + Suffix);
        return folder;
    }

    /// <summary>The snapshots in a folder, oldest first.</summary>
    /// <exception cref="CheckpointException">There is no such folder.</exception>
    public static IReadOnlyList<string> Snapshots(string path) => Directory.Exists(path)
        ? [.. Directory.EnumerateFiles(path, $"{Prefix}*{Suffix}").Where(static file => Iteration(file) >= 0).OrderBy(Iteration)]
        : throw new CheckpointException(path, "there is no such folder.");

    /// <summary>Of a folder its latest snapshot, of a file the file itself: what <c>--resume</c> takes.</summary>
    /// <exception cref="CheckpointException">The folder has no snapshot.</exception>
    public static string Latest(string path) => File.Exists(path)
        ? path
        : Snapshots(path) is [.., var latest] ? latest : throw new CheckpointException(path, "it holds no snapshot.");

    /// <summary>Of a folder its latest snapshot, of anything else the file itself, there or not: what <c>--weights</c> takes.</summary>
    /// <exception cref="CheckpointException">The folder has no snapshot.</exception>
    public static string WeightsOf(string path) => Directory.Exists(path) ? Latest(path) : path;

    /// <summary>Writes a snapshot, then deletes those that are not among the latest.</summary>
    /// <returns>Its file.</returns>
    /// <exception cref="CheckpointException">It could not be written; the earlier ones are intact.</exception>
    public string Save(Network network, Solver solver, RunProgress progress)
    {
        var file = System.IO.Path.Combine(Path, Prefix + progress.Iteration.ToString(CultureInfo.InvariantCulture).PadLeft(Digits, '0') + Suffix);
        Snapshot.Write(file, network, solver, progress);

        // Later ones stay: a run that was resumed at an earlier snapshot will write the same again.
        foreach (var old in Snapshots(Path).Where(snapshot => Iteration(snapshot) <= progress.Iteration).SkipLast(Keep))
        {
            File.Delete(old);
        }

        return file;
    }

    /// <summary>Writes the weights as the best ones.</summary>
    /// <exception cref="CheckpointException">They could not be written; the earlier ones are intact.</exception>
    public void SaveBest(Network network, BestScore score) => Weights.Save(network, Best, new Dictionary<string, string>
    {
        ["score"] = string.Create(CultureInfo.InvariantCulture, $"{score.Name} {score.Value:R}"),
        ["iteration"] = score.Iteration.ToString(CultureInfo.InvariantCulture),
    });

    /// <summary>Leaves the folder to other runs.</summary>
    public void Dispose() => folderLock.Dispose();

    /// <summary>-1 for a file that only looks like a snapshot.</summary>
    static int Iteration(string file) =>
        int.TryParse(System.IO.Path.GetFileName(file)[Prefix.Length..^Suffix.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var iteration) ? iteration : -1;
}
