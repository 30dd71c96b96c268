namespace NetDsl.Kernels;

/// <summary>The vertices of a lattice that are in use, numbered from 1 in the order in which they were found: a hash table of their coordinates.</summary>
sealed class LatticeVertices
{
    int dimensions;
    int[] keys = [];
    int[] table = new int[1 << 10];

    public int Count { get; private set; }

    public void Clear(int keyDimensions)
    {
        (dimensions, Count) = (keyDimensions, 0);
        Array.Clear(table);
    }

    /// <summary>The coordinates of a vertex; the last one, which makes their sum zero, is left out.</summary>
    public ReadOnlySpan<int> Key(int vertex) => keys.AsSpan((vertex - 1) * dimensions, dimensions);

    /// <summary>The number of a vertex; 0 if it is not in use and is not to be added.</summary>
    public int Find(ReadOnlySpan<int> key, bool add)
    {
        var mask = table.Length - 1;
        for (var place = Hash(key) & mask; ; place = (place + 1) & mask)
        {
            var vertex = table[place];
            if (vertex == 0)
            {
                return add ? Add(key, place) : 0;
            }

            if (Key(vertex).SequenceEqual(key))
            {
                return vertex;
            }
        }
    }

    int Add(ReadOnlySpan<int> key, int place)
    {
        if (keys.Length < (Count + 1) * dimensions)
        {
            Array.Resize(ref keys, Math.Max(1024 * dimensions, keys.Length * 2));
        }

        key.CopyTo(keys.AsSpan(Count * dimensions));
        table[place] = ++Count;
        if (Count * 2 > table.Length)
        {
            Rehash();
        }

        return Count;
    }

    void Rehash()
    {
        table = new int[table.Length * 4];
        var mask = table.Length - 1;
        for (var vertex = 1; vertex <= Count; vertex++)
        {
            var place = Hash(Key(vertex)) & mask;
            while (table[place] != 0)
            {
                place = (place + 1) & mask;
            }

            table[place] = vertex;
        }
    }

    static int Hash(ReadOnlySpan<int> key)
    {
        var hash = 0u;
        foreach (var coordinate in key)
        {
            hash = (hash ^ (uint)coordinate) * 0x9E3779B1u;
            hash ^= hash >> 15;
        }

        return (int)hash;
    }
}
