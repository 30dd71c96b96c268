using NetDsl.Solvers;

namespace NetDsl.Runtime;

/// <content>
/// A training step. Gradients are checked, all of them, before any is applied. The factored ones (<see cref="ParameterDefinition.Factors"/>) need not be stored for it: where their
/// factors prove that they are finite, the update takes them as they are computed, behind everything else.
/// </content>
sealed unsafe partial class CpuExecution
{
    /// <summary>The update of this step takes factored gradients as they are computed.</summary>
    bool direct;

    /// <summary>The factored gradients of the last step are being stored, and nothing else is run.</summary>
    bool storing;

    /// <summary>Where the factored gradients of the last step are.</summary>
    Factored factored;

    /// <summary>They have been stored, so that there is memory for them from now on.</summary>
    bool storedOnce;

    enum Factored
    {
        /// <summary>There was no step.</summary>
        None,

        /// <summary>In memory.</summary>
        Stored,

        /// <summary>Their factors lie in the sample arena.</summary>
        InFactors,

        /// <summary>A prediction took that memory.</summary>
        Lost,
    }

    public override bool StoresFactored => storedOnce || update.HasStored;

    public override void StoreFactored(ParameterDefinition parameter)
    {
        switch (factored)
        {
            case Factored.None:
                memory.Gradients.Span(parameter.Offset, parameter.Count).Clear();
                break;
            case Factored.InFactors:
                storing = true;
                try
                {
                    device.Team.Run(this, solo: false, hasty: false, null);
                }
                finally
                {
                    storing = false;
                }

                (factored, storedOnce) = (Factored.Stored, true);
                break;
            case Factored.Lost:
                throw new InvalidOperationException(
                    $"The gradient of '{parameter.Path}' went straight into the update, and what it was made of is gone since the prediction that ran then. " +
                    "Read it before, or compute gradients with StepGradients().");
        }
    }

    /// <summary>Whether the update can take factored gradients one by one: it does not ask for the norm of all, nor for a sum over batches.</summary>
    bool TakesFactored(Step next)
    {
        if (factors.Count == 0 || !next.Training || next.Accumulate || next.Solver is not { ReadsGradientNorm: false } solver)
        {
            return false;
        }

        update.Begin(solver, next.State!, new UpdateStep(next.Number, next.Accumulated + 1, double.NaN));
        return true;
    }

    void FollowFactored(Step done)
    {
        if (!done.Training)
        {
            factored = factored == Factored.InFactors ? Factored.Lost : factored;
        }
        else
        {
            factored = direct && factors.ProveFinite() ? Factored.InFactors : Factored.Stored;
            storedOnce |= factors.Count > 0 && factored == Factored.Stored;
        }
    }

    void RunTraining(Step current, CpuWorker worker)
    {
        PackInputs(current, worker);
        Train(worker);
        if (!direct)
        {
            TrainFactored(current, worker);
        }

        Check(current, worker, direct ? chunks.Stored : chunks.Items.Length);
        var takes = direct;
        if (takes && !factors.ProveFinite())
        {
            // They may be finite all the same: only the gradients themselves can tell.
            takes = false;
            TrainFactored(current, worker);
            Check(current, worker, chunks.Items.Length);
        }

        if (Judge(current, worker, takes) && current.Solver is not null)
        {
            Update(current, worker, takes);
        }
    }

    /// <summary>Stores the factored gradients.</summary>
    void TrainFactored(Step current, CpuWorker worker)
    {
        if (factors.Count > 0)
        {
            worker.Enter(current.Program.Kernels.Count - factors.Count);
            TrainFactored(worker);
        }
    }

    void Check(Step current, CpuWorker worker, int count)
    {
        var phase = Phases.Index(current.Program, Phases.Check);
        worker.Enter(phase);
        while (worker.Take(count, out var begin, out var end))
        {
            for (var i = begin; i < end; i++)
            {
                ref readonly var chunk = ref chunks.Items[i];
                var gradients = memory.Gradients.Start + chunk.Offset;
                if (current.Accumulate)
                {
                    GradientCheck.Accumulate(gradients, memory.Sums.Start + chunk.Offset, chunk.Count, first: current.Accumulated == 0);
                }

                chunks.SquareSums[i] = GradientCheck.SquareSum(gradients, chunk.Count);
            }
        }

        if (count < chunks.Items.Length)
        {
            while (worker.Take(factors.Items, out var begin, out var end))
            {
                for (var i = begin; i < end; i++)
                {
                    factors.Sum(i, worker.SampleArena, worker.BlockStride);
                }
            }
        }

        worker.Complete(phase);
    }

    /// <summary>Every worker comes to the same verdict by itself: that is cheaper than another meeting.</summary>
    bool Judge(Step current, CpuWorker worker, bool takes)
    {
        var square = 0.0;
        for (var i = 0; i < (takes ? chunks.Stored : chunks.Items.Length); i++)
        {
            square += chunks.SquareSums[i];
        }

        var norm = Math.Sqrt(square);
        var finite = double.IsFinite(norm) && float.IsFinite(constantArena.Start[train!.LossOffset]);
        worker.GradientNorm = takes ? double.NaN : norm;
        if (worker.Index == 0)
        {
            current.GradientNorm = worker.GradientNorm;
            current.Finite = finite;
        }

        return finite;
    }

    void Update(Step current, CpuWorker worker, bool takes)
    {
        var phase = Phases.Index(current.Program, Phases.Update);
        worker.Enter(phase);
        var state = current.State!;
        var step = new UpdateStep(current.Number, current.Accumulated + 1, worker.GradientNorm);
        while (worker.Take(takes ? chunks.Stored : chunks.Items.Length, out var begin, out var end))
        {
            for (var i = begin; i < end; i++)
            {
                ref readonly var chunk = ref chunks.Items[i];
                var range = state.Range(memory.Parameters.Start + chunk.Offset, memory.Gradients.Start + chunk.Offset, chunk.Offset, chunk.Count, chunk.Rate, chunk.Decay);
                current.Solver!.Update(range, step);
            }
        }

        if (worker.Index == 0)
        {
            // By index: the enumerator of a list behind an interface is an object.
            var updates = current.Program.Updates;
            for (var i = 0; i < updates.Count; i++)
            {
                var next = updates[i];
                new ReadOnlySpan<float>(constantArena.Start + next.From, next.Count).CopyTo(new Span<float>(memory.Parameters.Start + next.To, next.Count));
            }
        }

        worker.Complete(phase);
        if (takes)
        {
            worker.FactoredUpdate = update;
            TrainFactored(current, worker);
            worker.FactoredUpdate = null;
        }
    }
}
