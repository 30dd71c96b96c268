using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime.Cuda;

namespace NetDsl.Runtime;

/// <summary>Looks for NVIDIA's driver, the only thing that a CUDA device needs: kernels are compiled by ILGPU and the driver.</summary>
static class CudaDriver
{
    static string Library => OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";

    /// <summary>The devices by name; where there are none, what is missing.</summary>
    public static IReadOnlyList<string> Find(out string missing)
    {
        missing = "";
        if (!NativeLibrary.TryLoad(Library, out var handle))
        {
            missing = $"{Library} not found";
            return [];
        }

        NativeLibrary.Free(handle);
        try
        {
            using var context = Context.Create(static builder => builder.Cuda());
            var names = new List<string>();
            foreach (var device in context.GetCudaDevices())
            {
                names.Add(device.Name);
            }

            missing = names.Count == 0 ? $"{Library} finds no device" : "";
            return names;
        }
        catch (Exception exception) when (exception is CudaException or NotSupportedException)
        {
            missing = $"{Library} does not start: {exception.Message}";
            return [];
        }
    }

    /// <summary>What to do about it.</summary>
    public static string Advice => OperatingSystem.IsWindows()
        ? "install NVIDIA's driver (https://www.nvidia.com/drivers) and check it with nvidia-smi"
        : "install NVIDIA's driver (Debian: apt install nvidia-driver, and in a container start it with access to the GPU) and check it with nvidia-smi";
}
