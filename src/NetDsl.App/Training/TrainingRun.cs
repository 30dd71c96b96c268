using NetDsl.Data;
using NetDsl.Runtime;
using NetDsl.Runtime.Checkpoints;
using NetDsl.Training;

namespace NetDsl.App;

/// <summary>One run of <c>netdsl train</c>, from its options to its last line.</summary>
sealed class TrainingRun(NetworkEntry network, Terminal terminal)
{
    /// <summary>The seed of a run for which none is given: everyone sees the same numbers.</summary>
    const ulong DefaultSeed = 1701;

    public string? DataName { get; init; }
    public int? Iterations { get; init; }
    public int? Epochs { get; init; }
    public int? Batch { get; init; }
    public ulong? Seed { get; init; }
    public (int Height, int Width)? Size { get; init; }
    public string? DeviceName { get; init; }
    public int? Threads { get; init; }
    public string? Folder { get; init; }
    public string? Resume { get; init; }
    public string? Weights { get; init; }

    /// <returns>The exit code.</returns>
    public int Run()
    {
        // A network without a loss is refused before anything is opened.
        _ = network.TrainProgram;
        var saved = Resume is null ? null : Snapshot.Read(RunFolder.Latest(Resume));
        network = network.At(Size ?? saved?.Size);
        var seed = saved?.Progress.Seed ?? Seed ?? DefaultSeed;
        var batch = Batch ?? saved?.Batch ?? network.Recipe.Batch;

        using var device = DeviceChoice.Open(DeviceName, Threads);
        terminal.WriteFact("device", $"{device}");
        terminal.WriteFact("seed", $"{seed}");
        var data = DataChoice.Open(DataName ?? DataChoice.NameOf(saved), network, terminal);
        var scaling = new PixelScaling(network.Recipe.Scale, network.Recipe.Mean);
        using var samples = new PrefetchingSource(data.CreateTrainingSource(network.Definition, scaling, seed, network.Recipe.Mirror));
        var heldOut = data.CreateTestSource(network.Definition, scaling);

        var recipe = network.Recipe with { Batch = batch, Iterations = CountIterations(batch, samples.Count) };
        using var instance = network.Create(device, batch, training: true);
        instance.Initialize(seed);
        LoadWeights(instance);
        using var folder = RunFolder.Open(Folder ?? FolderOf(Resume) ?? FreeFolder());
        terminal.WriteFact("out", folder.Path);
        var trainer = new Trainer(instance, recipe, samples, heldOut, folder);
        if (Resume is not null)
        {
            trainer.Resume(Resume);
            if (trainer.Iteration >= recipe.Iterations)
            {
                terminal.WriteFact("note", $"the run has its {recipe.Iterations} iterations already: give it more with --iterations");
            }
        }

        return Train(trainer, recipe, folder);
    }

    int Train(Trainer trainer, Recipe recipe, RunFolder folder)
    {
        var log = new TrainingLog(folder.Path, trainer.Iteration);
        trainer.Displayed += log.Add;
        trainer.Evaluated += log.Add;
        trainer.SnapshotFailed += fault => terminal.Error.WriteLine($"{fault.Message} Training goes on.");
        using var signals = new TrainingSignals(trainer);
        TrainingDisplay display = terminal.Console is { } console ? new LiveDisplay(network.Name, recipe, console) : new PlainDisplay(recipe, terminal.Output);
        signals.Stopping += _ => display.WriteLine("stopping after this iteration; once more to end at once");
        var outcome = display.Run(trainer);

        TrainingArtifacts.Write(log, network.Name, folder.Path, terminal);
        if (outcome.Snapshot is { } snapshot)
        {
            terminal.WriteFact("snapshot", snapshot);
        }

        if (outcome.Best is { } best)
        {
            terminal.WriteFact("best", $"{best.Name} {Scores.Format(best.Name, best.Value)} at iteration {best.Iteration}: {folder.Best}");
        }

        terminal.Output.WriteLine(
            outcome.Stopped ? $"stopped at iteration {outcome.Iteration} of {recipe.Iterations}; go on with: train {network.Name} --resume {folder.Path}"
            : outcome.Latest is { } latest ? Scores.Summarize(latest)
            : $"trained {outcome.Iteration} iterations");
        return 0;
    }

    int CountIterations(int batch, int samples)
    {
        if (Epochs is not { } epochs)
        {
            return Iterations ?? network.Recipe.Iterations;
        }

        var update = (long)batch * network.Recipe.Accumulate;
        var iterations = (((long)epochs * samples) + update - 1) / update;
        return iterations <= int.MaxValue ? (int)iterations : throw new UserException($"--epochs {epochs} is more than {int.MaxValue} iterations.");
    }

    void LoadWeights(Network instance)
    {
        if (Weights is null)
        {
            return;
        }

        var file = RunFolder.WeightsOf(Weights);
        var left = NetDsl.Runtime.Checkpoints.Weights.LoadMatching(instance, file);
        terminal.WriteFact("weights", left.Count == 0 ? file : $"{file}, without {string.Join(", ", left)}");
    }

    static string? FolderOf(string? resume) => File.Exists(resume) ? Path.GetDirectoryName(Path.GetFullPath(resume)) : resume;

    /// <summary>A run never mixes with an earlier one: runs/LeNet, else runs/LeNet-2, …</summary>
    string FreeFolder()
    {
        var folder = Path.Combine("runs", network.Name);
        return Enumerable.Range(2, int.MaxValue - 2).Select(i => $"{folder}-{i}").Prepend(folder).First(free => !Path.Exists(free));
    }
}
