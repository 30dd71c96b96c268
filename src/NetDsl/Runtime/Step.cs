using NetDsl.Solvers;

namespace NetDsl.Runtime;

/// <summary>What is to be run, and what came of it. One instance serves all steps of a network, so that a step allocates nothing.</summary>
sealed class Step
{
    /// <summary>The program.</summary>
    public required ProgramDefinition Program { get; set; }

    /// <summary>It is the training program.</summary>
    public bool Training { get; set; }

    /// <summary>The prediction program goes on to loss and metrics.</summary>
    public bool Evaluate { get; set; }

    /// <summary>Samples in the inputs.</summary>
    public int Samples { get; set; }

    /// <summary>Updates done so far.</summary>
    public int Number { get; set; }

    /// <summary>Batches whose gradients were added up before this one.</summary>
    public int Accumulated { get; set; }

    /// <summary>The gradients of this batch are added to those of the batches before it.</summary>
    public bool Accumulate { get; set; }

    /// <summary>Updates the parameters in the end; null for gradients only.</summary>
    public Solver? Solver { get; set; }

    /// <summary>The solver's memory.</summary>
    public SolverState? State { get; set; }

    /// <summary>The run's seed, folded to the 32 bits that kernels use.</summary>
    public uint Seed { get; set; }

    /// <summary>The counter of random numbers: another one for each batch, the same again when a step is repeated.</summary>
    public uint Counter => (uint)Number + ((uint)Accumulated * 0x9E3779B9);

    /// <summary>Result: the L2 norm of all gradients together. Not finite if any of them is not.</summary>
    public double GradientNorm { get; set; }

    /// <summary>Result: loss and gradients are finite.</summary>
    public bool Finite { get; set; }
}
