namespace NetDsl.Kernels;

/// <summary>
/// The lattices that a thread used last: the iterations of a mean field filter over the same image again and again. An image is recognised by its
/// content, so that what is found is always what would be built.
/// </summary>
static class LatticeCache
{
    /// <summary>A spatial and a bilateral lattice, and one for a second network.</summary>
    const int Most = 3;

    [ThreadStatic]
    static List<Entry>? entries;

    /// <summary>The lattice of these features.</summary>
    /// <param name="features">[points, dimensions], in standard deviations.</param>
    /// <param name="dimensions">The dimensions of the space.</param>
    public static PermutohedralLattice Find(ReadOnlySpan<float> features, int dimensions)
    {
        entries ??= [];
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            if (entry.Dimensions == dimensions && features.SequenceEqual(entry.Features.AsSpan(0, entry.Length)))
            {
                entries.RemoveAt(i);
                entries.Add(entry);
                return entry.Lattice;
            }
        }

        var oldest = entries.Count < Most ? new Entry() : entries[0];
        entries.Remove(oldest);
        oldest.Build(features, dimensions);
        entries.Add(oldest);
        return oldest.Lattice;
    }

    sealed class Entry
    {
        public PermutohedralLattice Lattice { get; } = new();

        public float[] Features { get; private set; } = [];

        public int Length { get; private set; }

        public int Dimensions { get; private set; }

        public void Build(ReadOnlySpan<float> features, int dimensions)
        {
            // Nothing must find it if building fails.
            Dimensions = 0;
            if (Features.Length < features.Length)
            {
                Features = new float[features.Length];
            }

            features.CopyTo(Features);
            Length = features.Length;
            Lattice.Build(features, dimensions);
            Dimensions = dimensions;
        }
    }
}
