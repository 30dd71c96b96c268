using ILGPU;
using ILGPU.Runtime;
using NetDsl.Solvers;

namespace NetDsl.Runtime;

/// <summary>Runs a network's programs on a SIMT device: kernels are started in order in one stream, and waited for once a step.</summary>
sealed class SimtExecution : Execution
{
    readonly Network network;
    readonly HostMemory memory;
    readonly SimtDevice device;
    readonly SimtArenas arenas;
    readonly SimtGradients gradients;
    readonly SimtUpdate update;
    readonly Dictionary<Arena, DeviceCopy> twins = [];
    readonly ProgramBorder predict;
    readonly ProgramBorder? train;
    readonly float[] loss = new float[1];
    SimtLauncher? trainKernels;
    SimtLauncher? predictKernels;
    Step? current;
    int phase;

    public SimtExecution(Network network, HostMemory memory, SimtDevice device)
    {
        this.network = network;
        this.memory = memory;
        this.device = device;
        var definition = network.Definition;
        var training = network.IsTraining ? definition.Train : null;
        predict = new ProgramBorder(definition, definition.Predict);
        train = training is null ? null : new ProgramBorder(definition, training);
        arenas = new SimtArenas(
            device.Accelerator,
            network.BatchSize * Math.Max(definition.Predict.SampleSize, training?.SampleSize ?? 0),
            Math.Max(definition.Predict.ConstantSize, training?.ConstantSize ?? 0),
            definition.Inputs.Select(static input => (long)input.Count).Concat(memory.OutputSizes.Select(static size => (long)size)).Max() * network.BatchSize);
        gradients = new SimtGradients(device.Accelerator);
        update = new SimtUpdate(device.Accelerator);
    }

    public override void Run(Step step)
    {
        var profile = network.Profile is { } asked && asked.Program == step.Program ? asked : null;
        profile?.Start();
        lock (device.Turn)
        {
            try
            {
                RunProgram(step, profile?.Recorder);
                if (step.Training)
                {
                    Finish(step, profile?.Recorder);
                }
                else
                {
                    Unpack(step);
                    Completed(Phases.Index(step.Program, Phases.Unpack), profile?.Recorder);
                }
            }
            catch (AcceleratorException exception)
            {
                throw Explain(step, exception);
            }
        }
    }

    public override void Replay(Step step, KernelObserver observer)
    {
        lock (device.Turn)
        {
            try
            {
                RunProgram(step, observer);
            }
            catch (AcceleratorException exception)
            {
                throw Explain(step, exception);
            }
        }
    }

    public override void Read(BufferDefinition buffer, int samples, Span<float> destination)
    {
        lock (device.Turn)
        {
            arenas.Read(buffer, samples, current!.Program.SampleSize, destination);
        }
    }

    public override void Share(Arena shared)
    {
        lock (device.Turn)
        {
            Twin(shared).OnHost();
        }
    }

    public override void Forget(Arena shared)
    {
        if (twins.Remove(shared, out var twin))
        {
            twin.Dispose();
        }
    }

    public override void Dispose()
    {
        foreach (var twin in twins.Values)
        {
            twin.Dispose();
        }

        trainKernels?.Dispose();
        predictKernels?.Dispose();
        arenas.Dispose();
        gradients.Dispose();
    }

    void RunProgram(Step step, KernelObserver? observer)
    {
        current = step;
        var kernels = step.Training
            ? trainKernels ??= new SimtLauncher(network.SimtProgram(training: true), device.Accelerator, device.GroupThreads)
            : predictKernels ??= new SimtLauncher(network.SimtProgram(training: false), device.Accelerator, device.GroupThreads);
        phase = Phases.Index(step.Program, Phases.Pack);
        Pack(step);
        Completed(phase, observer);
        var counters = new SimtStep(step.Samples, step.Counter, step.Seed);
        var weights = Twin(memory.Parameters).OnDevice(writes: false);
        var written = step.Training ? Twin(memory.Gradients).OnDevice(writes: true) : weights;
        var end = step.Training || step.Evaluate ? step.Program.Kernels.Count : step.Program.EvaluationStart;
        for (var kernel = 0; kernel < end; kernel++)
        {
            phase = kernel;
            kernels.Run(kernel, arenas.Samples, arenas.Constants, weights, written, counters);
            Completed(kernel, observer);
        }
    }

    /// <summary>Judges the gradients and, if they are finite, updates the parameters.</summary>
    void Finish(Step step, KernelObserver? observer)
    {
        phase = Phases.Index(step.Program, Phases.Check);
        var gradient = Twin(memory.Gradients).OnDevice(writes: true);
        if (step.Accumulate)
        {
            gradients.Accumulate(gradient, Twin(memory.Sums).OnDevice(writes: true), first: step.Accumulated == 0);
        }

        step.GradientNorm = gradients.Norm(gradient);
        arenas.Constants.SubView(train!.LossOffset, 1).CopyToCPU(ref loss[0], 1);
        step.Finite = double.IsFinite(step.GradientNorm) && float.IsFinite(loss[0]);
        Completed(phase, observer);
        if (step.Finite && step.Solver is { } solver)
        {
            phase = Phases.Index(step.Program, Phases.Update);
            Update(step, solver, gradient);
            Completed(phase, observer);
        }
    }

    void Update(Step step, Solver solver, ArrayView<float> gradient)
    {
        var weights = Twin(memory.Parameters).OnDevice(writes: true);
        var histories = step.State!.Histories;
        var first = histories.Length > 0 ? Twin(histories[0]).OnDevice(writes: true) : default;
        var second = histories.Length > 1 ? Twin(histories[1]).OnDevice(writes: true) : default;
        var number = new UpdateStep(step.Number, step.Accumulated + 1, step.GradientNorm);
        foreach (var parameter in network.Definition.Parameters)
        {
            if (!parameter.Frozen)
            {
                update.Weights = weights.SubView(parameter.Offset, parameter.Count);
                update.Gradients = gradient.SubView(parameter.Offset, parameter.Count);
                update.History0 = histories.Length > 0 ? first.SubView(parameter.Offset, parameter.Count) : default;
                update.History1 = histories.Length > 1 ? second.SubView(parameter.Offset, parameter.Count) : default;
                solver.Update(update.Range(parameter), number);
            }
        }

        var updates = step.Program.Updates;
        for (var i = 0; i < updates.Count; i++)
        {
            var next = updates[i];
            arenas.Constants.SubView(next.From, next.Count).CopyTo(weights.SubView(next.To, next.Count));
        }
    }

    void Pack(Step step)
    {
        var border = step.Training ? train! : predict;
        for (var i = 0; i < border.Inputs.Length; i++)
        {
            if (border.Inputs[i] is { } buffer && (step.Evaluate || !border.EvaluationOnly[i]))
            {
                arenas.Put(memory.Inputs[i], buffer, step.Samples, step.Program.SampleSize);
            }
        }
    }

    void Unpack(Step step)
    {
        for (var i = 0; i < predict.Outputs.Length; i++)
        {
            arenas.Take(predict.Outputs[i], step.Samples, step.Program.SampleSize, memory.Outputs[i]);
        }
    }

    DeviceCopy Twin(Arena arena)
    {
        if (!twins.TryGetValue(arena, out var twin))
        {
            twins[arena] = twin = new DeviceCopy(arena, device.Accelerator);
        }

        return twin;
    }

    void Completed(int kernel, KernelObserver? observer)
    {
        if (observer is not null)
        {
            device.Accelerator.Synchronize();
            observer.Completed(kernel);
        }
    }

    KernelException Explain(Step step, AcceleratorException exception) => new(
        network.Definition.Name,
        Phases.Name(step.Program, phase),
        phase < step.Program.Kernels.Count ? step.Program.Kernels[phase].Layer : "",
        exception);
}
