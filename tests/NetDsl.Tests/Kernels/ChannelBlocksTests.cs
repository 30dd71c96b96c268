using NetDsl.Kernels;

namespace NetDsl.Tests.Kernels;

public unsafe class ChannelBlocksTests
{
    [Theory]
    [InlineData(3, 35), InlineData(16, 1), InlineData(21, 2500), InlineData(1001, 1), InlineData(32, 1024)]
    public void There_and_back(int channels, int size)
    {
        const int Samples = 2;
        var blocked = ChannelBlocks.Count(channels) * 16 * size;
        var plain = (channels * size + 15) / 16 * 16;
        var stride = blocked + 2 * plain;
        using var arena = new Floats((long)Samples * stride);
        for (var n = 0; n < Samples; n++)
        {
            for (var i = 0; i < channels * size; i++)
            {
                arena.Pointer[n * stride + i] = n * 100_000 + i;
            }
        }

        var items = Samples * ChannelBlocks.ItemsOf(channels, size);
        foreach (var worker in Team.Of(3, Samples, stride))
        {
            var (begin, end) = worker.Share(items);
            ChannelBlocks.FromPlain<Lanes512>(worker, begin, end, arena.Pointer, arena.Pointer + plain, channels, size);
        }

        for (var n = 0; n < Samples; n++)
        {
            for (var i = 0; i < blocked; i++)
            {
                var channel = i / 16 / size * 16 + i % 16;
                var expected = channel < channels ? n * 100_000 + channel * size + i / 16 % size : 0;
                Assert.Equal(expected, arena.Pointer[n * stride + plain + i]);
            }
        }

        foreach (var worker in Team.Of(2, Samples, stride))
        {
            var (begin, end) = worker.Share(items);
            ChannelBlocks.ToPlain<Lanes256>(worker, begin, end, arena.Pointer + plain, arena.Pointer + plain + blocked, channels, size);
        }

        arena.CheckEnd();
        for (var n = 0; n < Samples; n++)
        {
            for (var i = 0; i < channels * size; i++)
            {
                Assert.Equal(n * 100_000 + i, arena.Pointer[n * stride + plain + blocked + i]);
            }
        }
    }
}
