using System.Globalization;
using NetDsl.Training;

namespace NetDsl.App;

/// <summary>The text of an evaluation: <c>accuracy 0.9904  loss 0.02877  images 10000</c>.</summary>
static class Scores
{
    const string Loss = "loss";

    public static string Summarize(Evaluation evaluation) => string.Join("  ", evaluation.Scores
        .OrderBy(score => score.Key == Loss)
        .Select(score => $"{score.Key} {Format(score.Key, score.Value)}")
        .Append($"images {evaluation.Samples}"));

    public static string Format(string name, double value) => value.ToString(name == Loss ? "F5" : "F4", CultureInfo.InvariantCulture);
}
