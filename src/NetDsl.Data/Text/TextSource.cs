using NetDsl.Runtime;
using NetDsl.Training;

namespace NetDsl.Data;

/// <summary>
/// Pieces of a text. In training they come in a random order, and each pass cuts the text elsewhere; held out, they come as they lie. A piece is a sequence of its own: its first
/// place continues nothing.
/// </summary>
sealed class TextSource : IBatchSource
{
    readonly int[] numbers;
    readonly TextField[] fields;
    readonly int end;
    readonly ulong? seed;
    readonly int length;
    long position;

    /// <param name="name">Which data this is, for messages.</param>
    /// <param name="numbers">The text.</param>
    /// <param name="inputs">The network's inputs.</param>
    /// <param name="fields">What fills each of them.</param>
    /// <param name="end">The number behind which a sequence begins anew; negative for none.</param>
    /// <param name="seed">Of the random order; null for the order in which the text lies.</param>
    public TextSource(string name, int[] numbers, IReadOnlyList<InputDefinition> inputs, TextField[] fields, int end, ulong? seed)
    {
        (Name, this.numbers, Fields, this.fields, this.end, this.seed) = (name, numbers, inputs, fields, end, seed);
        length = inputs[0].Count;

        // The last place is only ever the next one. Where passes begin elsewhere, one piece goes to that.
        Count = (numbers.Length - 1) / length - (seed is null ? 0 : 1);
    }

    public string Name { get; }

    public IReadOnlyList<InputDefinition> Fields { get; }

    public int Count { get; }

    public long Position
    {
        get => position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            position = value;
        }
    }

    public void Read(SampleBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (var row = 0; row < batch.Count; row++)
        {
            var start = Start(position++);
            for (var field = 0; field < fields.Length; field++)
            {
                Write(batch, field, row * length, start);
            }
        }
    }

    int Start(long at)
    {
        var (pass, place) = Math.DivRem(at, Count);
        return seed is { } key
            ? new Permutation(key, pass, Count)[(int)place] * length + CounterRandom.Below(CounterRandom.Hash(CounterRandom.Hash(key, 4), (ulong)pass), length)
            : (int)place * length;
    }

    void Write(SampleBatch batch, int field, int to, int start)
    {
        switch (fields[field])
        {
            case TextField.Text:
                numbers.AsSpan(start, length).CopyTo(batch.Labels(field)[to..]);
                break;
            case TextField.Next:
                numbers.AsSpan(start + 1, length).CopyTo(batch.Labels(field)[to..]);
                break;
            default:
                var values = batch.Values(field).Slice(to, length);
                for (var i = 0; i < length; i++)
                {
                    values[i] = i == 0 || numbers[start + i - 1] == end ? 0 : 1;
                }

                break;
        }
    }
}
