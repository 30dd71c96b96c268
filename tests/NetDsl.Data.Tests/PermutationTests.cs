using CsCheck;

namespace NetDsl.Data.Tests;

public class PermutationTests
{
    static int[] Order(ulong seed, long epoch, int count)
    {
        var permutation = new Permutation(seed, epoch, count);
        return [.. Enumerable.Range(0, count).Select(place => permutation[place])];
    }

    [Fact]
    public void Every_number_has_one_place() =>
        Gen.Select(Gen.ULong, Gen.Long[0, 1000], Gen.Int[1, 3000]).Sample((seed, epoch, count) =>
            Assert.Equal(Enumerable.Range(0, count), Order(seed, epoch, count).Order()), iter: 300);

    [Fact]
    public void Every_epoch_and_every_seed_has_an_order_of_its_own()
    {
        var first = Order(seed: 1, epoch: 0, count: 100);
        Assert.Equal(first, Order(seed: 1, epoch: 0, count: 100));
        Assert.NotEqual(first, Order(seed: 1, epoch: 1, count: 100));
        Assert.NotEqual(first, Order(seed: 2, epoch: 0, count: 100));
    }

    /// <summary>χ² over ten by ten blocks of places and numbers, 81 degrees of freedom: 150 has a probability of 5e-6.</summary>
    [Fact]
    public void Numbers_are_spread_evenly_over_the_places()
    {
        const int Count = 1000, Epochs = 200;
        var hits = new int[10, 10];
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            var order = Order(seed: 3, epoch, Count);
            for (var place = 0; place < Count; place++)
            {
                hits[place / 100, order[place] / 100]++;
            }
        }
        var expected = Count * Epochs / 100.0;
        var chiSquare = hits.Cast<int>().Sum(hit => (hit - expected) * (hit - expected) / expected);
        Assert.InRange(chiSquare, 30, 150);
    }

    /// <summary>Released orders stay: a resumed run of an older version must see the same samples.</summary>
    [Fact]
    public void The_order_is_the_same_in_every_release() => Assert.Equal([0, 5, 4, 10, 6, 9, 8, 11, 7, 1, 3, 2], Order(seed: 1701, epoch: 2, count: 12));
}
