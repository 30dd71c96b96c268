using NetDsl.Kernels;

namespace NetDsl.Runtime;

/// <summary>
/// One thread of the team that runs a step: what emitted code sees of the runtime. Every kernel is cut into the same items whatever the number
/// of workers, and no sum is ever cut, so results depend neither on it nor on who computes an item.
/// </summary>
public sealed unsafe partial class CpuWorker
{
    /// <summary>This worker's number, from 0.</summary>
    public int Index { get; internal init; }

    /// <summary>How many workers run the step.</summary>
    public int Count { get; internal init; }

    /// <summary>Samples of this step.</summary>
    public int Samples { get; internal set; }

    /// <summary>Blocks of this step: of 16 samples, or with <see cref="Layout.Channels"/> of one.</summary>
    public int Blocks { get; internal set; }

    /// <summary>The step's block that is this worker's first.</summary>
    internal int FirstBlock { get; set; }

    /// <summary>The prediction program goes on to the loss and the metrics.</summary>
    public bool Evaluate { get; internal set; }

    /// <summary>The step's number: a counter of the random numbers.</summary>
    public uint Step { get; internal set; }

    /// <summary>The run's seed: a key of the random numbers.</summary>
    public uint Seed { get; internal set; }

    /// <summary>Floats from one block of the sample arena to the next: a block's samples times <see cref="ProgramDefinition.SampleSize"/>.</summary>
    public long BlockStride { get; internal set; }

    /// <summary>The sample arena: block b begins at b * <see cref="BlockStride"/>.</summary>
    public float* SampleArena { get; internal set; }

    /// <summary>The constant arena.</summary>
    public float* ConstantArena { get; internal set; }

    /// <summary>The parameters.</summary>
    public float* Parameters { get; internal set; }

    /// <summary>Their gradients, at the same offsets.</summary>
    public float* Gradients { get; internal set; }

    /// <summary>What takes the gradients of large weights as they are computed; null where they are stored at <see cref="Gradients"/>.</summary>
    internal FactoredUpdate? FactoredUpdate { get; set; }

    /// <summary>The parameters are not those that were packed last.</summary>
    internal bool WeightsChanged { get; set; }

    /// <summary>Packed weights have places of their own; otherwise each takes that of the one before.</summary>
    internal bool KeepsPacked { get; set; }

    /// <summary>This worker's scratch: what is in it is lost with the next kernel.</summary>
    public float* Scratch { get; internal set; }

    internal CpuWorkspace Workspace { get; set; } = new();

    internal float* PackedWeights { get; set; }

    /// <summary>The next kernels follow from parameters alone: they run if these have changed, else are passed over, and find what they wrote before.</summary>
    /// <param name="kernels">How many.</param>
    public bool Prepares(int kernels)
    {
        if (!WeightsChanged)
        {
            Kernel += kernels;
        }

        return WeightsChanged;
    }

    /// <summary>A weight in the order in which the tiles read it. It is packed now, by all workers, unless it is kept and has not changed.</summary>
    /// <param name="index">Its place in <see cref="CpuWorkspace.Packed"/>.</param>
    public float* Packed<T>(int index)
        where T : struct, IMemoryLanes<T>
    {
        var packed = PackedWeights + (KeepsPacked ? Workspace.Offset(index) : 0);
        if (!KeepsPacked || WeightsChanged)
        {
            Workspace.Packed[index].Pack<T>(this, packed);
            Meet();
        }

        return packed;
    }
}
