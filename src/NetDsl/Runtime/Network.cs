using NetDsl.Kernels;
using NetDsl.Solvers;

namespace NetDsl.Runtime;

/// <summary>
/// A network in memory: the base of every class that the compiler completes. All memory is planned by the compiler and taken once, by the
/// constructor; a step allocates nothing. An instance serves one thread at a time.
/// </summary>
public abstract partial class Network : IDisposable
{
    readonly HostMemory memory;
    readonly Execution execution;
    readonly Step step;
    readonly int[] samples;
    readonly ScalarSet? trainScalars;
    readonly ScalarSet predictScalars;
    int predicted;
    bool initialized;
    bool disposed;
    int busy;

    /// <summary>Takes the planned memory.</summary>
    /// <param name="definition">What the compiler knows of the network.</param>
    /// <param name="device">Where it runs. The network does not own it.</param>
    /// <param name="batch">Samples of a training step, and the most of a prediction.</param>
    /// <param name="training">Whether it trains; false takes the memory for predictions only.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch is less than 1.</exception>
    /// <exception cref="ArgumentException">It is to train at a height and width that its loss does not take.</exception>
    /// <exception cref="NotSupportedException">A layer has no form for this kind of device.</exception>
    /// <exception cref="NotEnoughMemoryException">The plan needs more memory than there is; nothing was allocated.</exception>
    protected Network(NetworkDefinition definition, Device device, int batch, bool training = true)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(device);
        if (batch < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(batch), batch, $"{definition.Name} takes a batch of 1 or more.");
        }

        device.Require(definition);
        definition = device is CpuDevice ? definition.ForBatch(batch) : definition;
        Definition = definition;
        Device = device;
        BatchSize = batch;
        IsTraining = training && definition.Train is not null;
        if (IsTraining)
        {
            definition.Sizes?.RequireEvaluation();
        }

        MemoryForecast.Check(definition, IsTraining, batch, device.AvailableBytes(), factored: device is not CpuDevice);
        memory = new HostMemory(definition, batch, IsTraining);
        execution = device.CreateExecution(this, memory);
        step = new Step { Program = definition.Predict };
        samples = new int[definition.Inputs.Count];
        trainScalars = definition.Train is { } train ? new ScalarSet(train) : null;
        predictScalars = new ScalarSet(definition.Predict);
        Parameters = new ParameterSet(this);
    }

    /// <summary>What the compiler knows of the network: shapes, layers, plans.</summary>
    public NetworkDefinition Definition { get; }

    /// <summary>Where it runs.</summary>
    public Device Device { get; }

    /// <summary>Samples of a training step, and the most of a prediction.</summary>
    public int BatchSize { get; }

    /// <summary>Whether it has memory for training.</summary>
    public bool IsTraining { get; }

    /// <summary>The trained values, by name.</summary>
    public ParameterSet Parameters { get; }

    /// <summary>The seed of initialization and of dropout.</summary>
    public ulong Seed { get; set; }

    /// <summary>Updates done: counts up with each <see cref="Step(Solver)"/>; set by whoever resumes a run.</summary>
    public int StepNumber { get; set; }

    /// <summary>What the last solver remembers; null before the first update.</summary>
    public SolverState? SolverState { get; private set; }

    /// <summary>Bytes that are taken now, the solver's included.</summary>
    public long Bytes => MemoryForecast.Bytes(Definition, IsTraining, BatchSize, execution.StoresFactored) + (SolverState?.Bytes ?? 0);

    /// <summary>Measures the program it was made for, kernel by kernel; null to measure nothing.</summary>
    public Profile? Profile { get; set; }

    /// <summary>Gives every parameter its starting value and begins a new run: step 0, no solver memory.</summary>
    /// <param name="seed">The same seed gives the same values, and the same run.</param>
    public void Initialize(ulong seed)
    {
        using var use = Use();
        execution.Share(memory.Parameters);
        foreach (var parameter in Definition.Parameters)
        {
            Initializers.Fill(parameter, seed, memory.Parameters.Span(parameter.Offset, parameter.Count));
        }

        Seed = seed;
        StepNumber = 0;
        step.Accumulated = 0;
        SolverState?.Clear();
        initialized = true;
    }

    /// <summary>
    /// The memory that <paramref name="solver"/> keeps for this network. It is kept from one solver to the next as long as they are of one
    /// kind, so that a learning rate can be changed; a solver of another kind begins with zeros.
    /// </summary>
    public SolverState Attach(Solver solver)
    {
        using var use = Use();
        return AttachHere(solver);
    }

    /// <summary>The training program on this worker: completed by the compiler where the network has a <c>Loss</c>.</summary>
    protected virtual void Train<T>(CpuWorker worker)
        where T : struct, IMemoryLanes<T> => RequireTraining();

    /// <summary>The last kernels of the training program, of gradients with <see cref="ParameterDefinition.Factors"/>: completed by the compiler where there are such.</summary>
    protected virtual void TrainFactored<T>(CpuWorker worker)
        where T : struct, IMemoryLanes<T>
    {
    }

    /// <summary>The prediction program on this worker: completed by the compiler.</summary>
    protected abstract void Predict<T>(CpuWorker worker)
        where T : struct, IMemoryLanes<T>;

    /// <summary>As <see cref="Predict{T}"/>, where the network has a <see cref="NetworkDefinition.PredictBatch"/>.</summary>
    protected virtual void PredictBatch<T>(CpuWorker worker)
        where T : struct, IMemoryLanes<T> => Predict<T>(worker);

    /// <summary>A program for a GPU: completed by the compiler.</summary>
    protected abstract SimtProgram CreateSimtProgram(bool training);

    // Not "protected internal": an override would have to be written differently in this assembly's friends.
    internal void RunTrain<T>(CpuWorker worker)
        where T : struct, IMemoryLanes<T> => Train<T>(worker);

    internal void RunTrainFactored<T>(CpuWorker worker)
        where T : struct, IMemoryLanes<T> => TrainFactored<T>(worker);

    internal void RunPredict<T>(CpuWorker worker)
        where T : struct, IMemoryLanes<T>
    {
        if (Definition.PredictsBatches)
        {
            PredictBatch<T>(worker);
        }
        else
        {
            Predict<T>(worker);
        }
    }

    internal SimtProgram SimtProgram(bool training) => CreateSimtProgram(training);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives the memory back.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !disposed)
        {
            using var use = Use();
            disposed = true;
            SolverState?.Dispose();
            execution.Dispose();
            memory.Dispose();
        }
    }

    internal Span<float> ParameterData(ParameterDefinition parameter)
    {
        using var use = Use();
        initialized = true;
        execution.Share(memory.Parameters);
        return memory.Parameters.Span(parameter.Offset, parameter.Count);
    }

    internal ReadOnlySpan<float> ParameterGradient(ParameterDefinition parameter)
    {
        using var use = Use();
        RequireTraining();
        if (parameter.Factors is not null)
        {
            execution.StoreFactored(parameter);
        }

        execution.Share(memory.Gradients);
        return memory.Gradients.Span(parameter.Offset, parameter.Count);
    }

    /// <summary>Marks the instance as in use until the result is disposed.</summary>
    Turn Use()
    {
        if (Interlocked.Exchange(ref busy, 1) != 0)
        {
            throw new InvalidOperationException($"{Definition.Name} is in use by another thread: give each thread an instance of its own.");
        }

        if (disposed)
        {
            busy = 0;
            throw new ObjectDisposedException(Definition.Name, $"This {Definition.Name} was disposed: its parameters and activations are gone.");
        }

        return new Turn(this);
    }

    SolverState AttachHere(Solver solver)
    {
        ArgumentNullException.ThrowIfNull(solver);
        RequireTraining();
        if (SolverState is not { } state || state.SolverType != solver.GetType() || state.HistoryCount != solver.HistoryCount)
        {
            SolverState?.Dispose();
            SolverState = state = new SolverState(solver, Definition, execution);
        }

        return state;
    }

    void RequireTraining()
    {
        if (!IsTraining)
        {
            throw new InvalidOperationException(Definition.Train is null
                ? $"{Definition.Name} has no Loss, so it cannot be trained."
                : $"This {Definition.Name} was made for predictions only: make it with training: true.");
        }
    }

    readonly ref struct Turn(Network network)
    {
        public void Dispose() => Volatile.Write(ref network.busy, 0);
    }
}
