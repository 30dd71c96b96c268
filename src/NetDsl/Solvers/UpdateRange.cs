namespace NetDsl.Solvers;

/// <summary>
/// A part of one parameter, with its gradient and the solver's memory of it: what one thread updates at a time. All pointers are aligned
/// to 64 bytes, and the memory behind <see cref="Count"/> is padded to a multiple of 16 floats that nobody reads, so whole vectors may be
/// read and written to the end.
/// </summary>
public readonly unsafe struct UpdateRange
{
    /// <summary>The parameter: <c>w ← w − update</c>.</summary>
    public required float* Weights { get; init; }

    /// <summary>The gradient, summed over <see cref="UpdateStep.Accumulated"/> batches. A solver may change it.</summary>
    public required float* Gradients { get; init; }

    /// <summary>The first history; null where <see cref="Solver.HistoryCount"/> is 0.</summary>
    public float* History0 { get; init; }

    /// <summary>The second history; null where <see cref="Solver.HistoryCount"/> is less than 2.</summary>
    public float* History1 { get; init; }

    /// <summary>How many elements.</summary>
    public required int Count { get; init; }

    /// <summary>Runs the formula where the parameter lies in a GPU's memory; the pointers are null then. Only <see cref="Solver.Run"/> looks at it.</summary>
    internal IUpdateLauncher? Launcher { get; init; }

    /// <summary>The factor on the learning rate: Caffe's <c>lr_mult</c>.</summary>
    public required float Rate { get; init; }

    /// <summary>The factor on the weight decay: Caffe's <c>decay_mult</c>.</summary>
    public required float Decay { get; init; }
}
