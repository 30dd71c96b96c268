using ILGPU.Runtime.Cuda;

namespace NetDsl.Runtime;

/// <summary>The devices of this machine.</summary>
public static class Devices
{
    /// <summary>A line for each device: the CPU, then the CUDA devices; where there are none, why, and what to do.</summary>
    public static IReadOnlyList<string> List()
    {
        using var cpu = Device.Cpu();
        var cuda = CudaDriver.Find(out var missing);
        return [cpu.Name, .. cuda.Count > 0 ? cuda.Select(CudaName) : [$"no CUDA device ({missing}): {CudaDriver.Advice}"]];
    }

    internal static Device Open()
    {
        var cuda = CudaDriver.Find(out var missing);
        return cuda.Count > 0
            ? OpenCuda(0)
            : new CpuDevice(0, VectorWidth.Widest) { Reason = $"no CUDA device ({missing})" };
    }

    internal static Device OpenCuda(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var cuda = CudaDriver.Find(out var missing);
        if (index >= cuda.Count)
        {
            throw new DeviceNotFoundException(cuda.Count == 0
                ? $"There is no CUDA device ({missing}): {CudaDriver.Advice}, or use Device.Cpu()."
                : $"There is no CUDA device {index}: this machine has {cuda.Count}, numbered from 0.");
        }

        return new SimtDevice(
            CudaName(cuda[index], index),
            static builder => builder.Cuda(),
            context => context.GetCudaDevice(index).CreateAccelerator(context));
    }

    static string CudaName(string name, int index) => $"CUDA device {index}, {name}";
}
