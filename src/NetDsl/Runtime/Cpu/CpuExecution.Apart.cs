namespace NetDsl.Runtime;

/// <content>
/// Predictions whose kernels are short, such as the steps of a recurrence: each thread takes some samples through the whole program, so that nobody waits for anybody between
/// two kernels. A sample's result is the same in every batch, and so the same whichever way is taken.
/// </content>
sealed unsafe partial class CpuExecution
{
    /// <summary>Multiply-adds of a kernel from which a meeting of the threads costs next to nothing.</summary>
    const long ShortKernel = 1_500_000;

    /// <summary>Samples of a part: a weight that was read serves them all, and what they compute stays in a cache.</summary>
    const int MostSamples = 16;

    /// <summary>The same where samples lie side by side: as many as the widest tile takes.</summary>
    const int MostSideBySide = 4 * Kernels.SampleBlock.Lanes;

    /// <summary>Into how many parts the step is cut; 0 where all threads go through its kernels together.</summary>
    int parts;

    int Parts(Step next, KernelObserver? observer)
    {
        var program = next.Program;
        if (!program.SamplesApart || next.Training || next.Evaluate || observer is not null || weightsChanged)
        {
            return 0;
        }

        var (blocks, workers) = (Blocks(program, next.Samples), device.Team.Count);
        var most = (program.Layout == Layout.Samples ? MostSideBySide : MostSamples) / BlockSamples(program);
        var each = (blocks + most - 1) / most;
        var count = Math.Min(blocks, (each + workers - 1) / workers * workers);
        var samples = (blocks + count - 1) / count * BlockSamples(program);
        return blocks >= workers && program.MultiplyAdds * samples < ShortKernel * program.EvaluationStart ? count : 0;
    }

    void RunParts(Step current, CpuWorker worker)
    {
        var blocks = Blocks(current.Program, current.Samples);
        while (worker.Take(parts, out var begin, out var end))
        {
            for (var part = begin; part < end; part++)
            {
                var first = ItemShares.Cut(blocks, part, parts);
                RunPart(current, worker, first, ItemShares.Cut(blocks, part + 1, parts) - first);
            }
        }

        worker.Complete(Phases.Index(current.Program, Phases.Unpack));
    }

    void RunPart(Step current, CpuWorker worker, int first, int count)
    {
        var alone = worker.Alone;
        alone.Begin(null);
        Prepare(current, alone, first, count);
        try
        {
            RunForward(current, alone);
        }
        catch
        {
            worker.Enter(alone.Kernel);
            throw;
        }
    }
}
