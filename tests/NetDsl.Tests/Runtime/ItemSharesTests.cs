using NetDsl.Runtime;

namespace NetDsl.Tests.Runtime;

/// <summary>Every item of every loop is computed once, whoever takes it.</summary>
public class ItemSharesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_item_is_taken_once_by_threads_that_do_not_wait_for_each_other(int workers)
    {
        const int Loops = 2000;
        var shares = new ItemShares(workers);
        var taken = Enumerable.Range(0, Loops + 1).Select(static loop => new int[Items(loop)]).ToArray();
        var threads = Enumerable.Range(0, workers).Select(worker => new Thread(() =>
        {
            for (var loop = 1; loop <= Loops; loop++)
            {
                while (shares.Take(worker, (uint)loop, Items(loop), out var begin, out var end))
                {
                    for (var item = begin; item < end; item++)
                    {
                        Interlocked.Increment(ref taken[loop][item]);
                    }
                }
            }
        })).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
        Assert.All(taken.Skip(1), static items => Assert.All(items, static count => Assert.Equal(1, count)));
    }

    [Fact]
    public void A_worker_that_does_not_come_leaves_its_share_to_the_others()
    {
        var shares = new ItemShares(2);
        var taken = new List<int>();
        while (shares.Take(0, 1, 100, out var begin, out var end))
        {
            taken.AddRange(Enumerable.Range(begin, end - begin));
        }

        Assert.Equal(Enumerable.Range(0, 100), taken.Order());
        Assert.False(shares.Take(1, 1, 100, out _, out _));
    }

    [Fact]
    public void A_worker_begins_with_its_own_share_and_nobody_takes_all_of_anothers()
    {
        var shares = new ItemShares(2);
        Assert.True(shares.Take(1, 1, 60, out var begin, out var end));
        Assert.Equal((30, 45), (begin, end));
        while (shares.Take(0, 1, 60, out begin, out end) && begin < 30)
        {
        }

        Assert.Equal((52, 60), (begin, end));
        Assert.True(shares.Take(1, 1, 60, out begin, out _));
        Assert.Equal(45, begin);
    }

    [Fact]
    public void Fewer_than_asked_for_are_taken_only_of_a_rest()
    {
        var shares = new ItemShares(2);
        Assert.True(shares.Take(0, 1, 64, out var begin, out var end, least: 20));
        Assert.Equal((0, 20), (begin, end));
        Assert.True(shares.Take(0, 1, 64, out begin, out end, least: 20));
        Assert.Equal((20, 32), (begin, end));
    }

    [Fact]
    public void Work_of_an_earlier_loop_is_not_lost()
    {
        var shares = new ItemShares(2);
        Assert.True(shares.Take(1, 1, 4, out var begin, out _));
        Assert.Equal(2, begin);

        // Worker 0 does its own share of loop 1 only, and goes on.
        Assert.True(shares.Take(0, 1, 4, out _, out _));
        Assert.True(shares.Take(0, 1, 4, out _, out _));
        var second = 0;
        while (shares.Take(0, 2, 4, out _, out _))
        {
            second++;
        }

        Assert.Equal(2, second);
        Assert.True(shares.Take(1, 1, 4, out begin, out var end));
        Assert.Equal((3, 4), (begin, end));
    }

    [Fact]
    public void More_items_than_pieces_are_all_taken()
    {
        const int Many = 100_003;
        var shares = new ItemShares(3);
        var next = new List<(int Begin, int End)>();
        while (shares.Take(2, 1, Many, out var begin, out var end))
        {
            next.Add((begin, end));
        }

        var last = 0;
        foreach (var (begin, end) in next.Order())
        {
            Assert.Equal(last, begin);
            last = end;
        }

        Assert.Equal(Many, last);
    }

    static int Items(int loop) => loop * 7919 % 41;
}
