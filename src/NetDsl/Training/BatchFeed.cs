using NetDsl.Runtime;

namespace NetDsl.Training;

/// <summary>Carries batches from a source into the inputs of a network.</summary>
sealed class BatchFeed
{
    readonly Network network;
    readonly SampleBatch batch;
    readonly int[] fields;

    /// <exception cref="ArgumentException">The source has not what the network takes; the message says what.</exception>
    public BatchFeed(Network network, IBatchSource source)
    {
        (this.network, Source) = (network, source);
        batch = new SampleBatch(source.Fields, network.BatchSize);
        fields = Bind(network, source);
    }

    /// <summary>Where the samples come from.</summary>
    public IBatchSource Source { get; }

    /// <summary>Gives the next samples to the network.</summary>
    public void Next(int samples)
    {
        batch.Count = samples;
        Source.Read(batch);
        for (var input = 0; input < fields.Length; input++)
        {
            if (network.Definition.Inputs[input].IsLabels)
            {
                network.SetLabels(input, batch.Labels(fields[input]));
            }
            else
            {
                network.SetInput(input, batch.Values(fields[input]));
            }
        }
    }

    /// <summary>For each input the field of its name, or else the one at its place among those of its kind.</summary>
    static int[] Bind(Network network, IBatchSource source)
    {
        var inputs = network.Definition.Inputs;
        var bound = new int[inputs.Count];
        for (var i = 0; i < bound.Length; i++)
        {
            var input = inputs[i];
            var kind = source.Fields.Index().Where(field => field.Item.IsLabels == input.IsLabels).ToArray();
            var place = inputs.Take(i).Count(earlier => earlier.IsLabels == input.IsLabels);
            var named = Array.FindIndex(kind, field => field.Item.Name == input.Name);
            if (named < 0 && place >= kind.Length)
            {
                throw new ArgumentException(
                    $"{network.Definition.Name} takes {(input.IsLabels ? "labels" : "numbers")} for '{input.Name}', but {source.Name} has only {string.Join(", ", source.Fields.Select(Text))}.", nameof(source));
            }

            var (index, field) = kind[named < 0 ? place : named];
            if (!field.Shape.SequenceEqual(input.Shape))
            {
                throw new ArgumentException($"{network.Definition.Name} takes {Text(input)}, but {source.Name} has {Text(field)}.", nameof(source));
            }

            bound[i] = index;
        }

        return bound;
    }

    static string Text(InputDefinition field) => $"{field.Name} [{string.Join(", ", field.Shape)}]";
}
