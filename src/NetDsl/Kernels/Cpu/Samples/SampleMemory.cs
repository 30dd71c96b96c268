namespace NetDsl.Kernels;

/// <summary>One sample's numbers taken out of the lanes of its block, and put back: for operators that are ordinary code.</summary>
public static unsafe class SampleMemory
{
    [ThreadStatic]
    static float[][]? places;

    /// <summary>Memory of this thread, whose content is open; valid until it asks for the same place again.</summary>
    /// <param name="place">Which one: a routine needs several.</param>
    /// <param name="count">Its length.</param>
    public static Span<float> Take(int place, int count)
    {
        places ??= [];
        if (places.Length <= place)
        {
            var length = places.Length;
            Array.Resize(ref places, place + 1);
            places.AsSpan(length).Fill([]);
        }

        if (places[place].Length < count)
        {
            places[place] = new float[count];
        }

        return places[place].AsSpan(0, count);
    }

    /// <summary>The numbers of one lane.</summary>
    /// <param name="place">Where to.</param>
    /// <param name="source">The lane's first element.</param>
    /// <param name="count">Elements of a sample.</param>
    public static ReadOnlySpan<float> Read(int place, float* source, int count)
    {
        var sample = Take(place, count);
        for (var i = 0; i < count; i++)
        {
            sample[i] = source[(nint)i * SampleBlock.Lanes];
        }

        return sample;
    }

    /// <summary>Puts numbers into one lane.</summary>
    /// <param name="sample">The numbers.</param>
    /// <param name="target">The lane's first element.</param>
    public static void Write(ReadOnlySpan<float> sample, float* target)
    {
        for (var i = 0; i < sample.Length; i++)
        {
            target[(nint)i * SampleBlock.Lanes] = sample[i];
        }
    }

    /// <summary>Zeroes one lane: kernels meet only finite numbers in lanes that hold no sample.</summary>
    /// <param name="target">The lane's first element.</param>
    /// <param name="count">Elements of a sample.</param>
    public static void Clear(float* target, int count)
    {
        for (var i = 0; i < count; i++)
        {
            target[(nint)i * SampleBlock.Lanes] = 0;
        }
    }
}
