using NetDsl.Kernels;
using NetDsl.Solvers;

namespace NetDsl.Runtime;

/// <summary>Takes factored gradients as they are computed, in place of the gradients' memory: a piece of a row becomes a change of the weights and is forgotten.</summary>
sealed unsafe class FactoredUpdate
{
    readonly HostMemory memory;
    readonly List<ParameterDefinition> factored = [];
    Solver? solver;
    SolverState? state;
    UpdateStep step;

    public FactoredUpdate(NetworkDefinition definition, HostMemory memory)
    {
        this.memory = memory;
        foreach (var parameter in definition.Parameters)
        {
            if (parameter.Factors is not null)
            {
                factored.Add(parameter);
            }
        }

        factored.Sort(static (a, b) => a.Offset.CompareTo(b.Offset));
    }

    /// <summary>A kernel had to store sums before the update could take them.</summary>
    public bool HasStored { get; private set; }

    /// <summary>The update of the next step.</summary>
    public void Begin(Solver next, SolverState itsState, UpdateStep itsStep) => (solver, state, step) = (next, itsState, itsStep);

    /// <summary>Updates neighbouring weights.</summary>
    /// <param name="place">Where their gradient would be stored; aligned to 64 bytes.</param>
    /// <param name="gradients">The gradient. The solver may change it.</param>
    /// <param name="count">How many; a multiple of 16.</param>
    public void Take(float* place, float* gradients, int count)
    {
        var offset = place - memory.Gradients.Start;
        var parameter = Of(offset);
        solver!.Update(state!.Range(memory.Parameters.Start + offset, gradients, offset, count, parameter.LearningRate, parameter.WeightDecay), step);
    }

    /// <summary>As <see cref="Take"/>, of a gradient that had to be stored after all.</summary>
    public void TakeStored(float* place, int count)
    {
        HasStored = true;
        Take(place, place, count);
    }

    /// <summary>What the update will read of some rows, for a tile that computes their gradient: alone, either leaves half of the machine idle.</summary>
    /// <param name="place">Where the gradient of the first would be stored.</param>
    /// <param name="row">Floats from one row to the next.</param>
    /// <param name="rows">How many rows.</param>
    public LinesAhead Ahead(float* place, nint row, int rows)
    {
        var offset = place - memory.Gradients.Start;
        var weights = memory.Parameters.Start + offset;
        return state!.HistoryCount > 0 ? LinesAhead.Pairs(weights, state.At(0, offset), row, rows) : LinesAhead.Pairs(weights, row, rows);
    }

    ParameterDefinition Of(long offset)
    {
        var last = factored.Count - 1;
        while (factored[last].Offset > offset)
        {
            last--;
        }

        return factored[last];
    }
}
