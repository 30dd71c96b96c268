using System.Numerics;

namespace NetDsl.Data;

/// <summary>
/// A random order of the numbers below <see cref="Count"/> in which any place can be looked up: a Feistel network over the next power of four,
/// walked until it lands below the count (Black and Rogaway, "Ciphers with arbitrary finite domains", 2002). Unlike a shuffled array it has no
/// memory to fill at the start of an epoch and no state to save.
/// </summary>
/// <param name="seed">The run's seed.</param>
/// <param name="epoch">The pass over the data: each has an order of its own.</param>
/// <param name="count">How many numbers.</param>
readonly struct Permutation(ulong seed, long epoch, int count)
{
    const int Rounds = 6;

    readonly ulong key = CounterRandom.Hash(seed, (ulong)epoch);
    readonly int halfBits = Math.Max(1, (BitOperations.Log2((uint)Math.Max(1, count - 1)) + 2) / 2);

    public int Count { get; } = count;

    /// <summary>The number at a place; a different one for each place.</summary>
    public int this[int place]
    {
        get
        {
            var number = (uint)place;
            do
            {
                number = Encrypt(number);
            }
            while (number >= (uint)Count);
            return (int)number;
        }
    }

    uint Encrypt(uint number)
    {
        var mask = (1u << halfBits) - 1;
        uint left = number >> halfBits, right = number & mask;
        for (uint round = 0; round < Rounds; round++)
        {
            (left, right) = (right, left ^ ((uint)CounterRandom.Hash(key, (round << 16) | right) & mask));
        }

        return (left << halfBits) | right;
    }
}
