using NetDsl.Solvers;

namespace NetDsl.Runtime.Checkpoints;

/// <summary>
/// One file that holds all of a run: parameters, solver memory, progress, and the settings that must be the same to go on. Being one file, it is
/// committed at once; being safetensors, its parameters are weights like any others.
/// </summary>
public sealed class Snapshot
{
    const string LossesName = Weights.StatePrefix + "losses";

    readonly string file;
    readonly SnapshotText text;

    Snapshot(string file, SnapshotText text) => (this.file, this.text) = (file, text);

    /// <summary>The name of the network that was trained.</summary>
    public string Network => text.Required("network");

    /// <summary>Where the run stood.</summary>
    public required RunProgress Progress { get; init; }

    /// <summary>Samples in a batch.</summary>
    public int Batch => text.Number<int>("batch");

    /// <summary>Height and width of the instance, where the network's declaration leaves them free.</summary>
    public (int Height, int Width)? Size => text.Size();

    /// <summary>Reads what a snapshot says of its run.</summary>
    /// <exception cref="CheckpointException">The file is damaged, or holds weights only.</exception>
    public static Snapshot Read(string path)
    {
        using var reader = SafeTensorsReader.Open(path);
        var text = new SnapshotText(path, reader.Header.Metadata);
        float[] losses = [];
        if (reader.Find(LossesName) is { Count: <= int.MaxValue / sizeof(float) } entry)
        {
            reader.Verify(entry);
            losses = new float[entry.Count];
            reader.Read(entry, losses);
        }

        return new Snapshot(path, text) { Progress = text.Progress(losses) };
    }

    /// <summary>Writes a snapshot. It appears whole or not at all.</summary>
    /// <exception cref="CheckpointException">A value is NaN or infinite, or the file cannot be written; what was there before is intact.</exception>
    public static void Write(string path, Network network, Solver solver, RunProgress progress)
    {
        var state = network.Attach(solver);
        var losses = progress.Losses.ToArray();
        SafeTensorsWriter.Write(
            path,
            [
                .. Weights.Sources(network),
                .. Histories(network, state).Select(history => new TensorSource(history.Name, history.Parameter.Shape, () => state.History(history.Index, history.Parameter))),
                new TensorSource(LossesName, [losses.Length], () => losses),
            ],
            SnapshotText.Write(network, solver, progress));
    }

    /// <summary>Brings a network back to where the run stood, so that the next update is the one that would have followed.</summary>
    /// <param name="network">The network, of the same class and batch.</param>
    /// <param name="solver">The solver, with the same settings.</param>
    /// <param name="run">The data and the settings that the run would go on with; where it stands is not looked at.</param>
    /// <exception cref="CheckpointException">Network, solver or data are others, or the file is damaged; the network is as before.</exception>
    public void Restore(Network network, Solver solver, RunProgress run)
    {
        using var reader = SafeTensorsReader.Open(file);
        WeightsFit.Check(network, reader, partial: false);
        text.CheckSettings(network, solver, run);
        var state = network.Attach(solver);
        List<(TensorEntry Entry, History History)> histories = [.. Histories(network, state).Select(history => (Find(reader, history), history))];
        histories.ForEach(pair => reader.Verify(pair.Entry));
        Weights.Load(network, reader, partial: false);
        histories.ForEach(pair => reader.Read(pair.Entry, state.History(pair.History.Index, pair.History.Parameter)));
        network.Seed = Progress.Seed;
        network.StepNumber = Progress.Iteration;
    }

    TensorEntry Find(SafeTensorsReader reader, History history) =>
        reader.Find(history.Name) is { } entry && entry.Type == ElementType.F32 && entry.Count == history.Parameter.Count
            ? entry
            : throw new CheckpointException(file, $"the solver's memory of {history.Parameter.Name} is missing or has another size.", history.Name);

    static IEnumerable<History> Histories(Network network, SolverState state) =>
        from index in Enumerable.Range(0, state.HistoryCount)
        from parameter in network.Parameters
        where !parameter.Definition.Frozen
        select new History(index, parameter);

    readonly record struct History(int Index, Parameter Parameter)
    {
        public string Name => $"{Weights.StatePrefix}history{Index}/{Parameter.Name}";
    }
}
