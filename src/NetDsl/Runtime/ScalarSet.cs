namespace NetDsl.Runtime;

/// <summary>Loss and metrics of a program, as the last run left them.</summary>
sealed class ScalarSet
{
    readonly Entry[] entries;
    readonly string[] names;
    readonly double[] values;
    readonly float[] numbers;

    public ScalarSet(ProgramDefinition program)
    {
        entries = new Entry[program.Scalars.Count];
        var (sums, count) = (0, 0);
        for (var i = 0; i < entries.Length; i++)
        {
            var buffer = program.Buffer(program.Scalars[i]);
            var figure = program.Figures.FirstOrDefault(f => f.Name == program.Scalars[i]);
            entries[i] = new(buffer, figure, sums, count);
            sums += buffer.Count;
            count += figure?.Values ?? 1;
        }

        names = [.. program.Scalars.Zip(entries, static (name, entry) => Names(name, entry.Figure)).SelectMany(static n => n)];
        values = new double[count];
        numbers = new float[sums];
    }

    /// <summary>The loss.</summary>
    public float First => numbers[0];

    /// <summary>The name of each value: those of a metric with several are <c>name[0]</c>, <c>name[1]</c>, …</summary>
    public IReadOnlyList<string> AllNames => names;

    /// <summary>How many numbers an evaluation sums up: a value itself, or the counts behind a figure.</summary>
    public int SumCount => numbers.Length;

    public void Read(Execution execution)
    {
        foreach (var entry in entries)
        {
            execution.Read(entry.Buffer, 1, numbers.AsSpan(entry.Sums, entry.Buffer.Count));
        }
    }

    /// <summary>Adds what the last run computed to the sums of an evaluation.</summary>
    public void AddTo(Span<double> sums, int samples)
    {
        foreach (var entry in entries)
        {
            for (var i = entry.Sums; i < entry.Sums + entry.Buffer.Count; i++)
            {
                sums[i] += entry.Figure is null ? (double)numbers[i] * samples : numbers[i];
            }
        }
    }

    /// <summary>The values of a whole evaluation: means over the samples, and figures of the summed counts.</summary>
    public ReadOnlySpan<double> Values(ReadOnlySpan<double> sums, int samples)
    {
        foreach (var entry in entries)
        {
            if (entry.Figure is { } figure)
            {
                figure.Of(sums.Slice(entry.Sums, entry.Buffer.Count), values.AsSpan(entry.Value, figure.Values));
            }
            else
            {
                values[entry.Value] = sums[entry.Sums] / samples;
            }
        }

        return values;
    }

    public float this[string name]
    {
        get
        {
            var index = Array.IndexOf(names, name);
            if (index < 0)
            {
                throw new ArgumentException($"The last run computed no scalar '{name}'; {(names.Length == 0 ? "it computes none" : $"there are {string.Join(", ", names)}")}.", nameof(name));
            }

            var last = entries.Length - 1;
            while (entries[last].Value > index)
            {
                last--;
            }

            var entry = entries[last];
            if (entry.Figure is not { } figure)
            {
                return numbers[entry.Sums];
            }

            Span<double> counts = entry.Counts;
            for (var i = 0; i < counts.Length; i++)
            {
                counts[i] = numbers[entry.Sums + i];
            }

            figure.Of(counts, values.AsSpan(entry.Value, figure.Values));
            return (float)values[index];
        }
    }

    static IEnumerable<string> Names(string name, FigureDefinition? figure) =>
        figure is null or { Values: 1 } ? [name] : Enumerable.Range(0, figure.Values).Select(i => $"{name}[{i}]");

    /// <param name="Buffer">Where the program leaves it.</param>
    /// <param name="Figure">What makes figures of it; null for a scalar.</param>
    /// <param name="Sums">The place of its first number among all numbers.</param>
    /// <param name="Value">The place of its first value among all values.</param>
    sealed record Entry(BufferDefinition Buffer, FigureDefinition? Figure, int Sums, int Value)
    {
        /// <summary>Room for its numbers in double precision.</summary>
        public double[] Counts { get; } = new double[Figure is null ? 0 : Buffer.Count];
    }
}
