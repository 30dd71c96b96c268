using NetDsl.Runtime;

namespace NetDsl.App;

/// <summary>Opens the device that the options name.</summary>
static class DeviceChoice
{
    /// <param name="name"><c>cpu</c>, <c>cuda</c>, or null for the best there is.</param>
    /// <param name="threads">Threads on the CPU; null for one a core.</param>
    public static Device Open(string? name, int? threads) =>
        "cuda".Equals(name, StringComparison.OrdinalIgnoreCase) ? Device.Cuda()
            : name is null && threads is null ? Device.Default
            : Device.Cpu(threads ?? 0);
}
