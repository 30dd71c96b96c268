using NetDsl.Runtime;
using NetDsl.Training;

namespace NetDsl.Data;

/// <summary>The samples of a split as a network wants them: fields for its inputs, in a new random order in each pass or as they lie.</summary>
public sealed class SampleSource : IBatchSource
{
    readonly DataSplit split;
    readonly Field[] fields;
    readonly Partners? partners;
    readonly ulong? seed;
    readonly ulong? mirrorSeed;
    long position;

    /// <param name="name">Which data this is, for messages.</param>
    /// <param name="split">The samples.</param>
    /// <param name="inputs">The network's inputs.</param>
    /// <param name="fields">What fills each of them.</param>
    /// <param name="partners">For a network that compares two samples.</param>
    /// <param name="seed">Of the random order; null for the order in which the samples lie.</param>
    /// <param name="mirror">Half of the images, at random, are taken from right to left.</param>
    internal SampleSource(
        string name, DataSplit split, IReadOnlyList<InputDefinition> inputs, Field[] fields, Partners? partners = null, ulong? seed = null, bool mirror = false)
    {
        (Name, this.split, Fields, this.fields, this.partners, this.seed) = (name, split, inputs, fields, partners, seed);
        mirrorSeed = mirror ? CounterRandom.Hash(seed ?? 0, 3) : null;
    }

    public string Name { get; }

    public IReadOnlyList<InputDefinition> Fields { get; }

    public int Count => split.Count;

    public long Position
    {
        get => position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            position = value;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A sample cannot be read; the message names it.</exception>
    public void Read(SampleBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var order = Order(position / Count);
        for (var row = 0; row < batch.Count; row++)
        {
            var place = (int)(position % Count);
            if (place == 0)
            {
                order = Order(position / Count);
            }

            var sample = seed is null ? place : order[place];
            var mirrored = mirrorSeed is { } key && (CounterRandom.Hash(key, (ulong)position) & 1) != 0;
            Write(batch, row, new Draw(sample, partners?[position, sample] ?? sample, mirrored));
            position++;
        }
    }

    Permutation Order(long epoch) => new(seed ?? 0, epoch, Count);

    void Write(SampleBatch batch, int row, Draw draw)
    {
        try
        {
            for (var field = 0; field < fields.Length; field++)
            {
                fields[field].Write(batch, field, row, draw);
            }
        }
        catch (Exception fault)
        {
            throw new InvalidDataException($"Sample {draw.Sample} of {Name} cannot be read: {fault.Message}", fault);
        }
    }
}
