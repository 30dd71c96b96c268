namespace NetDsl.Runtime.Checkpoints;

/// <summary>Where a run stands: what, with parameters and solver memory, it needs to go on as if it had never stopped.</summary>
public sealed record RunProgress
{
    /// <summary>Updates done.</summary>
    public required int Iteration { get; init; }

    /// <summary>The run's seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The name of the training data.</summary>
    public required string Data { get; init; }

    /// <summary>What is done to its samples, in words.</summary>
    public required string Input { get; init; }

    /// <summary>Samples read of it.</summary>
    public required long Position { get; init; }

    /// <summary>Batches for each update.</summary>
    public required int Accumulate { get; init; }

    /// <summary>The latest losses, oldest first, of which the smoothed loss is the mean.</summary>
    public IReadOnlyList<float> Losses { get; init; } = [];

    /// <summary>The best held-out score so far; null before the first one.</summary>
    public BestScore? Best { get; init; }
}
