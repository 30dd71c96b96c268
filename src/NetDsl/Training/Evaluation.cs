using NetDsl.Runtime;

namespace NetDsl.Training;

/// <summary>What a network scores on a data set: means over all its samples, and figures of counts over all of them, such as <see cref="Layers.MeanIoU"/>.</summary>
/// <param name="Scores">Loss and metrics by name, in the network's order; a metric with several figures is <c>name[0]</c>, <c>name[1]</c>, …</param>
/// <param name="Samples">How many samples were looked at: the whole set.</param>
public sealed record Evaluation(IReadOnlyList<KeyValuePair<string, double>> Scores, int Samples)
{
    /// <summary>A score by name.</summary>
    /// <exception cref="ArgumentException">There is no such score.</exception>
    public double this[string name] => Scores.Any(score => score.Key == name)
        ? Scores.First(score => score.Key == name).Value
        : throw new ArgumentException($"There is no score '{name}'. There are {string.Join(", ", Scores.Select(static score => score.Key))}.", nameof(name));

    /// <summary>Evaluates every sample of a source once, in batches; the last one may be smaller.</summary>
    /// <param name="network">The network; its parameters stay as they are.</param>
    /// <param name="source">The held-out data; it is left at the start of a pass.</param>
    /// <exception cref="ArgumentException">The data does not fit the network, or the network computes no loss and no metric.</exception>
    public static Evaluation Run(Network network, IBatchSource source) => Run(network, new BatchFeed(network, source), static () => false)!;

    /// <summary>Null if <paramref name="stop"/> asked to stop before the end.</summary>
    internal static Evaluation? Run(Network network, BatchFeed feed, Func<bool> stop)
    {
        var scalars = network.PredictScalars;
        if (scalars.AllNames.Count == 0)
        {
            throw new ArgumentException($"{network.Definition.Name} has neither a Loss nor Metrics, so there is nothing to evaluate.", nameof(network));
        }

        var source = feed.Source;
        var sums = new double[scalars.SumCount];
        source.Position = 0;
        for (var done = 0; done < source.Count;)
        {
            if (stop())
            {
                return null;
            }

            var samples = Math.Min(network.BatchSize, source.Count - done);
            feed.Next(samples);
            network.Evaluate();
            scalars.AddTo(sums, samples);
            done += samples;
        }

        source.Position = 0;
        var values = scalars.Values(sums, source.Count).ToArray();
        return new Evaluation([.. scalars.AllNames.Zip(values, KeyValuePair.Create)], source.Count);
    }
}
