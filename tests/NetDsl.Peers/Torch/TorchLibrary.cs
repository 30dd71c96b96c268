using System.Runtime.InteropServices;

namespace NetDsl.Peers.Torch;

/// <summary>TorchSharp's native libraries.</summary>
static class TorchLibrary
{
    static readonly string[] Files =
        OperatingSystem.IsWindows() ? ["torch_cpu.dll", "LibTorchSharp.dll"]
        : OperatingSystem.IsMacOS() ? ["libtorch_cpu.dylib", "libLibTorchSharp.dylib"]
        : ["libtorch_cpu.so", "libLibTorchSharp.so"];

    /// <summary>Why they cannot be loaded; null if they can. TorchSharp's own attempt would first copy a gigabyte, and not say why it failed.</summary>
    public static string? Problem()
    {
        try
        {
            foreach (var file in Files)
            {
                NativeLibrary.Load(Path.Combine(AppContext.BaseDirectory, file));
            }

            return null;
        }
        catch (DllNotFoundException e)
        {
            return $"TorchSharp cannot be loaded; it needs the libstdc++ of GCC 13, which Debian 13 has and Debian 12 does not: {e.Message.Split('\n').Last(static line => line.Length > 0)}";
        }
    }
}
