using ILGPU;
using ILGPU.Runtime;

namespace NetDsl.Runtime;

/// <summary>A memory of the host and its twin on the device. Either side may be ahead; it is copied when the other side asks.</summary>
sealed unsafe class DeviceCopy : IDisposable
{
    readonly Arena host;
    readonly MemoryBuffer1D<float, Stride1D.Dense> device;
    bool hostIsAhead = true;
    bool deviceIsAhead;

    public DeviceCopy(Arena host, Accelerator accelerator)
    {
        this.host = host;
        device = accelerator.Allocate1D<float>(Math.Max(1, host.Length));
        device.MemSetToZero();
    }

    /// <summary>The twin, brought up to date.</summary>
    /// <param name="writes">The device will change it.</param>
    public ArrayView<float> OnDevice(bool writes)
    {
        if (hostIsAhead && host.Length > 0)
        {
            device.View.BaseView.CopyFromCPU(ref *host.Start, host.Length);
        }

        hostIsAhead = false;
        deviceIsAhead |= writes;
        return device.View.BaseView;
    }

    /// <summary>Brings the host's side up to date, for reading and writing.</summary>
    public void OnHost()
    {
        if (deviceIsAhead && host.Length > 0)
        {
            device.View.BaseView.CopyToCPU(ref *host.Start, host.Length);
        }

        deviceIsAhead = false;
        hostIsAhead = true;
    }

    public void Dispose() => device.Dispose();
}
