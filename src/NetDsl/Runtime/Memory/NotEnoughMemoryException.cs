namespace NetDsl.Runtime;

/// <summary>A network does not fit into memory: found from its memory plan, before anything was allocated.</summary>
public sealed class NotEnoughMemoryException(string message, long needed, long available, int fittingBatch) : Exception(message)
{
    /// <summary>Bytes that the network needs.</summary>
    public long Needed { get; } = needed;

    /// <summary>Bytes that are available.</summary>
    public long Available { get; } = available;

    /// <summary>The largest batch that fits; 0 when none does.</summary>
    public int FittingBatch { get; } = fittingBatch;
}
