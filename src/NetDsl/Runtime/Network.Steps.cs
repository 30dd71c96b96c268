using NetDsl.Solvers;

namespace NetDsl.Runtime;

public abstract partial class Network
{
    /// <summary>One training step on the inputs given: forward, loss, backward, update.</summary>
    /// <returns>The loss, before the update.</returns>
    /// <exception cref="InvalidOperationException">Inputs are missing or not a full batch, or the parameters were never set.</exception>
    /// <exception cref="NonFiniteException">Loss or a gradient is NaN or infinite; the parameters are as before.</exception>
    /// <exception cref="KernelException">A kernel threw; the parameters are as before.</exception>
    public float Step(Solver solver)
    {
        using var use = Use();
        var state = AttachHere(solver);
        return RunTraining(accumulate: step.Accumulated > 0, solver, state);
    }

    /// <summary>Forward, loss and backward: leaves the gradients of this batch in <see cref="Parameters"/> and changes no parameter.</summary>
    /// <returns>The loss.</returns>
    /// <exception cref="NonFiniteException">Loss or a gradient is NaN or infinite.</exception>
    public float StepGradients()
    {
        using var use = Use();
        RequireTraining();
        step.Accumulated = 0;
        return RunTraining(accumulate: false, null, null);
    }

    /// <summary>
    /// Forward, loss and backward, and adds the gradients to those of earlier calls. The next <see cref="Step(Solver)"/> adds its own and updates with
    /// the mean over all: Caffe's <c>iter_size</c>, a larger batch in the same memory.
    /// </summary>
    /// <returns>The loss of this batch.</returns>
    public float Accumulate()
    {
        using var use = Use();
        RequireTraining();
        var loss = RunTraining(accumulate: true, null, null);
        step.Accumulated++;
        return loss;
    }

    /// <summary>Runs the prediction program on the inputs given.</summary>
    /// <returns>The first output, row-major, as many samples as were given; valid until the next run.</returns>
    public ReadOnlySpan<float> RunPrediction()
    {
        using var use = Use();
        RunForward(evaluate: false);
        return OutputSpan(0);
    }

    /// <summary>Runs the prediction program and goes on to loss and metrics: read them with <see cref="Scalar"/>.</summary>
    /// <exception cref="InvalidOperationException">The loss or a metric does not take the height and width of this instance, which only predicts.</exception>
    public void Evaluate()
    {
        using var use = Use();
        if (Definition.Sizes?.Misfit is { } misfit)
        {
            throw new InvalidOperationException(misfit);
        }

        RunForward(evaluate: true);
    }

    /// <summary>An output of the last prediction, row-major; valid until the next one.</summary>
    /// <exception cref="ArgumentException">There is no such output.</exception>
    public ReadOnlySpan<float> Output(string name)
    {
        using var use = Use();
        var outputs = Definition.Predict.Outputs;
        for (var i = 0; i < outputs.Count; i++)
        {
            if (outputs[i] == name)
            {
                return OutputSpan(i);
            }
        }

        throw new ArgumentException($"{Definition.Name} has no output '{name}'. It has {string.Join(", ", outputs)}.", nameof(name));
    }

    /// <summary>The loss or a metric of the last step or evaluation; a metric that is made of counts (<see cref="Layers.MeanIoU"/>) of an evaluation alone.</summary>
    /// <exception cref="ArgumentException">That program computes no such scalar.</exception>
    public float Scalar(string name)
    {
        using var use = Use();
        return Scalars[name];
    }

    /// <summary>Loss and metrics of the prediction program.</summary>
    internal ScalarSet PredictScalars => predictScalars;

    ScalarSet Scalars => step.Training ? trainScalars! : predictScalars;

    float RunTraining(bool accumulate, Solver? solver, SolverState? state)
    {
        Prepare(training: true, evaluate: true);
        if (step.Samples != BatchSize)
        {
            throw new InvalidOperationException($"A training step of {Definition.Name} takes a full batch of {BatchSize} samples, but {step.Samples} were given.");
        }

        step.Accumulate = accumulate;
        step.Solver = solver;
        step.State = state;
        execution.Run(step);
        Scalars.Read(execution);
        if (!step.Finite)
        {
            step.Accumulated = 0;
            throw new NonFiniteSearch(Definition, step, memory, execution).Run();
        }

        if (solver is not null)
        {
            step.Accumulated = 0;
            StepNumber++;
        }

        return Scalars.First;
    }

    void RunForward(bool evaluate)
    {
        Prepare(training: false, evaluate);
        execution.Run(step);
        predicted = step.Samples;
        if (evaluate)
        {
            Scalars.Read(execution);
        }
    }

    void Prepare(bool training, bool evaluate)
    {
        if (!initialized)
        {
            throw new InvalidOperationException($"The parameters of this {Definition.Name} were never set: call Initialize(seed) or Load(file) first.");
        }

        step.Program = training ? Definition.Train! : Definition.Predict;
        step.Training = training;
        step.Evaluate = evaluate;
        step.Samples = CommonSamples(evaluate);
        step.Number = StepNumber;
        step.Seed = (uint)(Seed ^ (Seed >> 32));
        step.Solver = null;
    }

    ReadOnlySpan<float> OutputSpan(int index) =>
        memory.Outputs[index].Span(0, memory.OutputSizes[index] * predicted);
}
