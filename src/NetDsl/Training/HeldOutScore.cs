using NetDsl.Runtime.Checkpoints;

namespace NetDsl.Training;

/// <summary>Which score makes a model the best: the first metric, of which more is better, or the loss where a network has no metrics.</summary>
static class HeldOutScore
{
    const string Loss = "loss";

    /// <summary>The score if it beats the best so far, else null. NaN beats nothing.</summary>
    public static KeyValuePair<string, double>? Better(Evaluation evaluation, BestScore? best)
    {
        var metrics = evaluation.Scores.Where(static score => score.Key != Loss);
        var score = metrics.Any() ? metrics.First() : evaluation.Scores[0];
        var before = best is { } known && known.Name == score.Key ? known.Value : score.Key == Loss ? double.PositiveInfinity : double.NegativeInfinity;
        return (score.Key == Loss ? score.Value < before : score.Value > before) ? score : null;
    }
}
