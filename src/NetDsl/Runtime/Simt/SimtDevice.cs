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

    /// <param name="name">Its name.</param>
    /// <param name="configure">Says which devices ILGPU looks for.</param>
    /// <param name="open">Opens it.</param>
    /// <param name="groupThreads">Threads of a group at most; 0 for as many as it has.</param>
    public SimtDevice(string name, Action<Context.Builder> configure, Func<Context, Accelerator> open, int groupThreads = 0)
    {
        Name = name;
        context = Context.Create(configure);
        Accelerator = open(context);
        GroupThreads = groupThreads > 0 ? groupThreads : Accelerator.MaxNumThreadsPerGroup;
    }

    public override string Name { get; }

    public Accelerator Accelerator { get; }

    /// <summary>Threads of a group at most.</summary>
    public int GroupThreads { get; }

    /// <summary>Held while a network runs: one stream serves all networks on the device.</summary>
    public Lock Turn { get; } = new();

    /// <summary>SIMT kernels on the processor: to test what they compute.</summary>
    /// <param name="groupThreads">Threads of a group, a power of two. Each is a thread of the system that waits for the others at every barrier, which is slow.</param>
    public static SimtDevice ForTests(int groupThreads = 1) => new(
        "SIMT on the CPU",
        builder => builder.CPU(new CPUDevice(2, Math.Max(1, groupThreads / 2), 1)),
        static context => context.GetCPUDevice(0).CreateCPUAccelerator(context, CPUAcceleratorMode.Sequential),
        groupThreads);

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
