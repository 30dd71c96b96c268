using System.Diagnostics;
using System.Globalization;
using NetDsl.Training;

namespace NetDsl.App;

/// <summary>Shows a run while it goes on.</summary>
abstract class TrainingDisplay(Recipe recipe)
{
    long since;
    int from;

    /// <summary>Samples of one update.</summary>
    protected long Update => (long)recipe.Batch * recipe.Accumulate;

    /// <summary>Runs the trainer to its end and shows how it goes.</summary>
    public TrainingOutcome Run(Trainer trainer)
    {
        (from, since) = (trainer.Iteration, Stopwatch.GetTimestamp());
        trainer.Evaluated += (iteration, evaluation) => WriteLine($"iteration {iteration}  held out  {Scores.Summarize(evaluation)}");
        return Show(trainer);
    }

    public abstract void WriteLine(string line);

    protected abstract TrainingOutcome Show(Trainer trainer);

    /// <summary>How a step stands, with the rate since the last call.</summary>
    protected string Describe(TrainingStep step)
    {
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        var rate = (step.Iteration - from) * Update / Math.Max(seconds, 1e-9);
        (from, since) = (step.Iteration, Stopwatch.GetTimestamp());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"iteration {step.Iteration} of {step.Iterations}  loss {step.SmoothedLoss:F5}  learning rate {step.LearningRate:G4}  images/s {rate:F0}");
    }
}
