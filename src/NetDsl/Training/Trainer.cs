using NetDsl.Runtime;
using NetDsl.Runtime.Checkpoints;

namespace NetDsl.Training;

/// <summary>
/// The training loop, in the order of Caffe's solver: evaluate when it is due, accumulate and update, tell, snapshot when it is due. Stopped and
/// resumed, a run goes through the same bits as one that was never interrupted.
/// </summary>
public sealed class Trainer
{
    readonly Network network;
    readonly Recipe recipe;
    readonly BatchFeed training;
    readonly BatchFeed? heldOut;
    readonly RunFolder? folder;
    readonly LossWindow losses;
    BestScore? best;
    Evaluation? latest;
    string? snapshot;
    int snapshotIteration = -1;
    int evaluatedIteration = -1;
    volatile bool stopAsked;
    volatile bool snapshotAsked;

    /// <summary>Prepares a run; nothing is read or written yet.</summary>
    /// <param name="network">The network, with its parameters initialized or loaded unless the run is resumed.</param>
    /// <param name="recipe">Solver, iterations and intervals. The batch is the network's own.</param>
    /// <param name="training">The data to learn from.</param>
    /// <param name="heldOut">The data to evaluate on; null for no evaluation.</param>
    /// <param name="folder">Where snapshots go; null for none.</param>
    /// <exception cref="ArgumentException">The data does not fit the network.</exception>
    public Trainer(Network network, Recipe recipe, IBatchSource training, IBatchSource? heldOut = null, RunFolder? folder = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(recipe.Accumulate, 1);
        (this.network, this.recipe, this.folder) = (network, recipe, folder);
        this.training = new BatchFeed(network, training);
        this.heldOut = heldOut is null ? null : new BatchFeed(network, heldOut);
        losses = new LossWindow(recipe.AverageLoss);
    }

    /// <summary>After every update.</summary>
    public event Action<TrainingStep>? Stepped;

    /// <summary>After every <see cref="Recipe.Display"/> updates.</summary>
    public event Action<TrainingStep>? Displayed;

    /// <summary>After an evaluation on the held-out data.</summary>
    public event Action<int, Evaluation>? Evaluated;

    /// <summary>After a snapshot, with its file.</summary>
    public event Action<string>? SnapshotSaved;

    /// <summary>
    /// A snapshot on the way could not be written; the earlier ones are intact, and training goes on. Where nobody listens the exception leaves
    /// <see cref="Run"/> instead, as it does for the last snapshot of a run.
    /// </summary>
    public event Action<CheckpointException>? SnapshotFailed;

    /// <summary>Updates done.</summary>
    public int Iteration => network.StepNumber;

    /// <summary>The updates that make so many passes over the training data.</summary>
    public int IterationsOf(int epochs)
    {
        var samples = (long)network.BatchSize * recipe.Accumulate;
        return checked((int)((((long)epochs * training.Source.Count) + samples - 1) / samples));
    }

    /// <summary>Goes back to where a snapshot was taken; <see cref="Run"/> then goes on from there.</summary>
    /// <param name="path">A run's folder, for its latest snapshot, or a snapshot's file.</param>
    /// <exception cref="CheckpointException">Network, solver or data are others than those of the snapshot, or it is damaged; nothing was changed.</exception>
    public void Resume(string path)
    {
        var file = RunFolder.Latest(path);
        var saved = Snapshot.Read(file);
        saved.Restore(network, recipe.Solver, Progress());
        training.Source.Position = saved.Progress.Position;
        losses.Restore(saved.Progress.Losses);
        (best, snapshot, snapshotIteration) = (saved.Progress.Best, file, saved.Progress.Iteration);
    }

    /// <summary>Asks the run to stop at the next boundary between iterations, with a snapshot. From any thread.</summary>
    public void Stop() => stopAsked = true;

    /// <summary>Asks for a snapshot at the next boundary between iterations. From any thread.</summary>
    public void RequestSnapshot() => snapshotAsked = true;

    /// <summary>Trains up to the recipe's last iteration, or until it is asked to stop.</summary>
    /// <exception cref="NonFiniteException">Loss or gradients became NaN or infinite. The parameters are those before the update, and nothing was saved of it.</exception>
    /// <exception cref="CheckpointException">A snapshot could not be written, or the folder holds another run.</exception>
    public TrainingOutcome Run()
    {
        RefuseForeignFolder();
        while (Iteration < recipe.Iterations && !stopAsked)
        {
            if (Iteration > 0 && Due(recipe.TestInterval) && !Evaluate())
            {
                break;
            }

            Step();
            if (Due(recipe.SnapshotInterval) || snapshotAsked)
            {
                TrySave(SaveSnapshot);
            }
        }

        var stopped = Iteration < recipe.Iterations;
        if (!stopped)
        {
            stopped = !Evaluate();
        }

        SaveSnapshot();
        return new TrainingOutcome(Iteration, stopped, latest, best, snapshot);
    }

    void Step()
    {
        var sum = 0.0;
        for (var i = 1; i < recipe.Accumulate; i++)
        {
            training.Next(network.BatchSize);
            sum += network.Accumulate();
        }

        training.Next(network.BatchSize);
        sum += network.Step(recipe.Solver);
        var loss = (float)(sum / recipe.Accumulate);
        losses.Add(loss);
        Tell(loss);
    }

    void Tell(float loss)
    {
        var step = new TrainingStep(Iteration, recipe.Iterations, loss, losses.Mean, recipe.Solver.LearningRate.At(Iteration - 1));
        Stepped?.Invoke(step);
        if (Due(recipe.Display))
        {
            Displayed?.Invoke(step);
        }
    }

    /// <summary>False if it was asked to stop on the way.</summary>
    bool Evaluate()
    {
        if (heldOut is null || evaluatedIteration == Iteration)
        {
            return true;
        }

        if (Evaluation.Run(network, heldOut, () => stopAsked) is not { } evaluation)
        {
            return false;
        }

        (latest, evaluatedIteration) = (evaluation, Iteration);
        if (HeldOutScore.Better(evaluation, best) is { } better)
        {
            best = new BestScore(better.Key, better.Value, Iteration);
            TrySave(() => folder?.SaveBest(network, best));
        }

        Evaluated?.Invoke(Iteration, evaluation);
        return true;
    }

    void TrySave(Action save)
    {
        try
        {
            save();
        }
        catch (CheckpointException exception) when (SnapshotFailed is not null && exception.Tensor is null)
        {
            SnapshotFailed(exception);
        }
    }

    void SaveSnapshot()
    {
        snapshotAsked = false;
        if (folder is null || snapshotIteration == Iteration)
        {
            return;
        }

        snapshot = folder.Save(network, recipe.Solver, Progress());
        snapshotIteration = Iteration;
        SnapshotSaved?.Invoke(snapshot);
    }

    RunProgress Progress() => new()
    {
        Iteration = Iteration,
        Seed = network.Seed,
        Data = training.Source.Name,
        Input = recipe.InputText,
        Position = training.Source.Position,
        Accumulate = recipe.Accumulate,
        Losses = losses.ToArray(),
        Best = best,
    };

    /// <summary>A folder with snapshots is gone on with only by the run that was resumed from one of them.</summary>
    void RefuseForeignFolder()
    {
        if (folder is not null
            && RunFolder.Snapshots(folder.Path) is [.., var other]
            && (snapshot is null || Path.GetDirectoryName(Path.GetFullPath(snapshot)) != Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder.Path))))
        {
            throw new CheckpointException(folder.Path, $"it holds another run already ({Path.GetFileName(other)}): resume that one, or use another folder.");
        }
    }

    bool Due(int interval) => interval > 0 && Iteration % interval == 0;
}
