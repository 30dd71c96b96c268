namespace NetDsl.Data;

/// <summary>Finds each sample a partner, for networks that compare two images: in half of the cases one of the same class.</summary>
sealed class Partners
{
    readonly int[] byClass;
    readonly int[] starts = new int[byte.MaxValue + 2];
    readonly SampleArray labels;
    readonly ulong seed;

    public Partners(SampleArray labels, ulong seed)
    {
        (this.labels, this.seed) = (labels, CounterRandom.Hash(seed, 2));
        foreach (var label in labels.Bytes.Span)
        {
            starts[label + 1]++;
        }

        for (var label = 0; label <= byte.MaxValue; label++)
        {
            starts[label + 1] += starts[label];
        }

        byClass = new int[labels.Count];
        var next = starts[..^1];
        for (var sample = 0; sample < byClass.Length; sample++)
        {
            byClass[next[labels[sample][0]]++] = sample;
        }
    }

    /// <summary>The partner of <paramref name="sample"/> where it stands at <paramref name="position"/> of the sequence.</summary>
    public int this[long position, int sample]
    {
        get
        {
            var hash = CounterRandom.Hash(seed, (ulong)position);
            int label = labels[sample][0];
            var (start, count) = (starts[label], starts[label + 1] - starts[label]);
            var same = (hash & 1) == 0 || count == byClass.Length;
            var pick = CounterRandom.Below(hash, same ? count : byClass.Length - count);
            // Samples of other classes lie before and behind this class.
            return byClass[same ? start + pick : pick < start ? pick : pick + count];
        }
    }
}
