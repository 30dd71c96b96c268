using NetDsl.Kernels;

namespace NetDsl.Runtime;

/// <summary>
/// Runs a network's programs on a team of threads: inputs are laid out, the emitted program runs, gradients are checked and parameters updated,
/// all in one go, with the team meeting after each kernel.
/// </summary>
sealed unsafe partial class CpuExecution : Execution, ICpuJob
{
    readonly Network network;
    readonly HostMemory memory;
    readonly CpuDevice device;
    readonly Arena sampleArena;
    readonly Arena constantArena;
    readonly Arena passing;
    readonly Arena scratch;
    readonly ParameterChunks chunks;
    readonly FactorSums factors;
    readonly FactoredUpdate update;
    readonly ProgramBorder predict;
    readonly ProgramBorder? train;
    Arena? kept;
    Step? step;
    int parameterVersion = 1;
    int keptVersion;
    bool keptForEvaluation;
    bool weightsChanged;

    public CpuExecution(Network network, HostMemory memory, CpuDevice device)
    {
        var definition = network.Definition;
        this.network = network;
        this.memory = memory;
        this.device = device;
        predict = new ProgramBorder(definition, definition.Predict);
        train = network.IsTraining ? new ProgramBorder(definition, definition.Train!) : null;
        sampleArena = new Arena((long)MemoryForecast.SampleFloats(definition, network.IsTraining, network.BatchSize));
        constantArena = new Arena(Math.Max(definition.Predict.ConstantSize, network.IsTraining ? definition.Train!.ConstantSize : 0));
        passing = new Arena(network.IsTraining ? definition.Workspace.LargestPacked : 0);
        scratch = new Arena(definition.Workspace.ScratchSize * device.Team.Count);
        chunks = new ParameterChunks(definition);
        factors = new FactorSums(definition, network.IsTraining ? network.BatchSize : 0);
        update = new FactoredUpdate(definition, memory);
    }

    public override void Run(Step next)
    {
        var profile = network.Profile is { } asked && asked.Program == next.Program ? asked : null;
        profile?.Start();
        Run(next, IsSmall(next), profile?.Recorder);
    }

    public override void Replay(Step next, KernelObserver observer)
    {
        next.Solver = null;
        next.Accumulate = false;
        Run(next, solo: true, observer);
    }

    public override void Read(BufferDefinition buffer, int samples, Span<float> destination)
    {
        if (!buffer.Batched)
        {
            constantArena.Span(buffer.Offset, buffer.Count).CopyTo(destination);
            return;
        }

        fixed (float* target = destination)
        {
            var program = step!.Program;
            for (var block = 0; block < Blocks(program, samples); block++)
            {
                for (var item = 0; item < LanePacking.Items(buffer.Count); item++)
                {
                    Unpack(program, buffer, samples, block, item, target);
                }
            }
        }
    }

    // Host memory is the memory of the kernels, but for the weights that are packed from it.
    public override void Share(Arena shared)
    {
        if (shared == memory.Parameters)
        {
            parameterVersion++;
        }
    }

    public override void Forget(Arena shared)
    {
    }

    public override void Dispose()
    {
        sampleArena.Dispose();
        constantArena.Dispose();
        passing.Dispose();
        kept?.Dispose();
        scratch.Dispose();
    }

    void ICpuJob.Run(CpuWorker worker)
    {
        var current = step!;
        if (parts > 0 && worker.Count > 1)
        {
            RunParts(current, worker);
            return;
        }

        Prepare(current, worker, 0, Blocks(current.Program, current.Samples));
        if (!current.Training)
        {
            RunForward(current, worker);
            return;
        }

        if (!storing)
        {
            RunTraining(current, worker);
        }
        else
        {
            TrainFactored(current, worker);
        }
    }

    /// <summary>What the worker is to run: some blocks of the step's samples.</summary>
    void Prepare(Step current, CpuWorker worker, int firstBlock, int blocks)
    {
        var program = current.Program;
        worker.FirstBlock = firstBlock;
        worker.Blocks = blocks;
        worker.Samples = Math.Min(blocks * BlockSamples(program), current.Samples - (firstBlock * BlockSamples(program)));
        worker.Evaluate = current.Evaluate;
        worker.Step = current.Counter;
        worker.Seed = current.Seed;
        worker.BlockStride = program.SampleSize * BlockSamples(program);
        worker.Workspace = network.Definition.Workspace;
        worker.PackedWeights = current.Training ? passing.Start : kept!.Start;
        worker.KeepsPacked = !current.Training;
        worker.Scratch = scratch.Start + (worker.Index * network.Definition.Workspace.ScratchSize);
        worker.WeightsChanged = weightsChanged;
        worker.SampleArena = sampleArena.Start + (firstBlock * worker.BlockStride);
        worker.ConstantArena = constantArena.Start;
        worker.Parameters = memory.Parameters.Start;
        worker.Gradients = memory.Gradients.Start;
        worker.FactoredUpdate = null;
    }

    void RunForward(Step current, CpuWorker worker)
    {
        PackInputs(current, worker);
        Predict(worker);
        worker.Enter(Phases.Index(current.Program, Phases.Unpack));
        Unpack(current, worker);
        worker.Complete(Phases.Index(current.Program, Phases.Unpack));
    }

    void PackInputs(Step current, CpuWorker worker)
    {
        worker.Enter(Phases.Index(current.Program, Phases.Pack));
        Pack(current, worker);
        worker.Complete(Phases.Index(current.Program, Phases.Pack));
        worker.Enter(0);
    }

    Exception ICpuJob.Explain(Exception failure, int kernel)
    {
        var program = step!.Program;
        var layer = kernel < program.Kernels.Count ? program.Kernels[kernel].Layer : "";
        return new KernelException(network.Definition.Name, Phases.Name(program, kernel), layer, failure);
    }

    void Run(Step next, bool solo, KernelObserver? observer)
    {
        step = next;
        if (!next.Training)
        {
            kept ??= new Arena(network.Definition.Workspace.KeptSize);
        }

        // What only an evaluation reads is packed by none but an evaluation.
        weightsChanged = keptVersion != parameterVersion || (next.Evaluate && !keptForEvaluation);
        parts = Parts(next, observer);
        direct = TakesFactored(next);

        // A prediction that waited for the threads would be late; a run of training steps has the time.
        device.Team.Run(this, solo, hasty: !next.Training && observer is null, observer);
        if (!next.Training)
        {
            keptVersion = parameterVersion;
            keptForEvaluation = weightsChanged ? next.Evaluate : keptForEvaluation;
        }
        else
        {
            // What a prediction keeps in the constant arena is lost too.
            parameterVersion++;
        }

        FollowFactored(next);
    }

    /// <summary>Waking the team costs more than it gains.</summary>
    bool IsSmall(Step next) => next.Program.MultiplyAdds * Blocks(next.Program, next.Samples) * BlockSamples(next.Program) < device.SmallStep;

    void Train(CpuWorker worker)
    {
        switch (device.Width)
        {
            case VectorWidth.Bits512: network.RunTrain<Lanes512>(worker); break;
            case VectorWidth.Bits256: network.RunTrain<Lanes256>(worker); break;
            case VectorWidth.Bits128: network.RunTrain<Lanes128>(worker); break;
            default: network.RunTrain<ScalarLane>(worker); break;
        }
    }

    void TrainFactored(CpuWorker worker)
    {
        switch (device.Width)
        {
            case VectorWidth.Bits512: network.RunTrainFactored<Lanes512>(worker); break;
            case VectorWidth.Bits256: network.RunTrainFactored<Lanes256>(worker); break;
            case VectorWidth.Bits128: network.RunTrainFactored<Lanes128>(worker); break;
            default: network.RunTrainFactored<ScalarLane>(worker); break;
        }
    }

    void Predict(CpuWorker worker)
    {
        switch (device.Width)
        {
            case VectorWidth.Bits512: network.RunPredict<Lanes512>(worker); break;
            case VectorWidth.Bits256: network.RunPredict<Lanes256>(worker); break;
            case VectorWidth.Bits128: network.RunPredict<Lanes128>(worker); break;
            default: network.RunPredict<ScalarLane>(worker); break;
        }
    }
}
