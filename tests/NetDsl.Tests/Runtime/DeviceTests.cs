using NetDsl.Runtime;

namespace NetDsl.Tests.Runtime;

public class DeviceTests
{
    [Fact]
    public void The_default_device_says_what_was_chosen_and_why()
    {
        using var device = Device.Default;
        Assert.Matches(@"^(CPU, \d+ threads?, (no vectors|\d+-bit vectors): no CUDA device \(.+\)|CUDA device 0, .+)$", device.Selection);
        Assert.Equal(device.Selection, device.ToString());
    }

    [Fact]
    public void A_missing_CUDA_device_is_an_error_that_says_what_to_do()
    {
        var thrown = Assert.Throws<DeviceNotFoundException>(() => Device.Cuda(99));
        Assert.Matches("nvidia-smi, or use Device.Cpu|this machine has", thrown.Message);
    }

    [Theory]
    [InlineData(-1), InlineData(1025)]
    public void A_team_has_1_to_1024_threads(int threads) => Assert.Throws<ArgumentOutOfRangeException>(() => Device.Cpu(threads));

    [Fact]
    public void The_list_has_a_line_for_each_device()
    {
        var devices = Devices.List();
        Assert.StartsWith("CPU, ", devices[0], StringComparison.Ordinal);
        Assert.True(devices.Count >= 2);
        Assert.All(devices.Skip(1), static line => Assert.Contains("CUDA device", line, StringComparison.Ordinal));
    }

    [Fact]
    public void The_CPU_says_its_threads_and_vectors()
    {
        using var device = new CpuDevice(1, VectorWidth.Scalar);
        Assert.Equal("CPU, 1 thread, no vectors", device.ToString());
    }
}
