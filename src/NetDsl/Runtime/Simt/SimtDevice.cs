using System.Globalization;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;

namespace NetDsl.Runtime;

/// <summary>A device that runs SIMT kernels: CUDA, and for tests ILGPU's CPU accelerator.</summary>
sealed class SimtDevice : Device
{
    readonly Context context;

    public SimtDevice(string name, Action<Context.Builder> configure, Func<Context, Accelerator> open)
    {
        Name = name;
        context = Context.Create(configure);
        Accelerator = open(context);
    }

    public override string Name { get; }

    public Accelerator Accelerator { get; }

    /// <summary>Held while a network runs: one stream serves all networks on the device.</summary>
    public Lock Turn { get; } = new();

    /// <summary>SIMT kernels on the processor, one thread at a time: to test what they compute.</summary>
    public static SimtDevice ForTests() => new(
        "SIMT on the CPU",
        static builder => builder.CPU(new CPUDevice(4, 4, 1)),
        static context => context.GetCPUDevice(0).CreateCPUAccelerator(context, CPUAcceleratorMode.Sequential));

    internal override long AvailableBytes() => Accelerator is CudaAccelerator cuda ? cuda.GetFreeMemory() : AvailableMemory.Bytes();

    internal override void Require(NetworkDefinition definition)
    {
        if (definition.ProcessorOnly is { } reason)
        {
            throw new NotSupportedException($"{definition.Name} runs on the CPU only, not on {this}: {reason}; make it on Device.Cpu().");
        }

        if (definition.Sizes is { } sizes && Math.Max(definition.Train?.SampleSize ?? 0, definition.Predict.SampleSize) > int.MaxValue)
        {
            throw new NotSupportedException(string.Create(
                CultureInfo.InvariantCulture,
                $"{definition.Name} with a height and width of {sizes.Height}×{sizes.Width} needs more than {int.MaxValue:N0} floats a sample, which is too much for {this}; make it on Device.Cpu(), or cut the image into parts."));
        }
    }

    internal override Execution CreateExecution(Network network, HostMemory memory) => new SimtExecution(network, memory, this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Accelerator.Dispose();
            context.Dispose();
        }
    }
}
