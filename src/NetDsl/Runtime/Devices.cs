namespace NetDsl.Runtime;

/// <summary>The devices of this machine.</summary>
public static class Devices
{
    internal static Device Open() => Device.Cpu();

    internal static Device OpenCuda(int index) => throw new DeviceNotFoundException($"There is no CUDA device {index}.");
}
