using NetDsl.Kernels;

namespace NetDsl.Runtime;

/// <summary>What an instance of a network will take, computed from its plan alone.</summary>
static class MemoryForecast
{
    const int LargestBuffers = 3;

    /// <summary>
    /// Bytes of an instance: parameters, with their gradients when it trains; the arenas of its programs, which share one memory; and the
    /// batch of inputs and outputs as the caller sees them. A solver's memory comes on top, once there is a solver.
    /// </summary>
    /// <param name="definition">The network.</param>
    /// <param name="training">It trains.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="factored">Gradients that a CPU computes when the update takes them are stored.</param>
    public static long Bytes(NetworkDefinition definition, bool training, int batch, bool factored = false)
    {
        var parameters = definition.ParameterSize * (training ? 2 : 1) - (training && !factored ? definition.FactoredSize : 0);
        var constants = definition.Predict.ConstantSize;
        if (training)
        {
            constants = Math.Max(constants, TrainProgram(definition).ConstantSize);
        }

        var border = OutputSize(definition);
        foreach (var input in definition.Inputs)
        {
            border += input.Count;
        }

        // A device has a thread for each core unless it is told otherwise.
        var packed = definition.Workspace.KeptSize + (training ? definition.Workspace.LargestPacked : 0);
        var workspace = packed + (definition.Workspace.ScratchSize * Environment.ProcessorCount);
        var floats = (decimal)parameters + constants + workspace + (decimal)SampleFloats(definition, training, batch) + (decimal)border * batch;
        return (long)Math.Min(floats * sizeof(float), long.MaxValue);
    }

    /// <summary>Floats of the sample arena.</summary>
    public static decimal SampleFloats(NetworkDefinition definition, bool training, int batch)
    {
        var predict = ProgramFloats(definition.Predict, batch);
        return training ? Math.Max(predict, ProgramFloats(TrainProgram(definition), batch)) : predict;
    }

    static decimal ProgramFloats(ProgramDefinition program, int batch) => Samples(program, batch) * program.SampleSize;

    /// <summary>Samples that memory is taken for.</summary>
    static decimal Samples(ProgramDefinition program, int batch) =>
        program.Layout == Layout.Samples ? (decimal)SampleBlock.Count((long)batch) * SampleBlock.Lanes : batch;

    /// <summary>Throws where an instance would need more than <paramref name="available"/> bytes.</summary>
    /// <exception cref="NotEnoughMemoryException">It does not fit.</exception>
    public static void Check(NetworkDefinition definition, bool training, int batch, long available, bool factored = false)
    {
        var needed = Bytes(definition, training, batch, factored);
        if (needed <= available)
        {
            return;
        }

        var fitting = FittingBatch(definition, training, batch, available, factored);
        var advice = fitting > 0 ? $"a batch of {fitting} fits" : "not even a batch of 1 fits";
        throw new NotEnoughMemoryException(
            $"{definition.Name} with a batch of {batch} needs {Size(needed)} to {(training ? "train" : "predict")}, and {Size(available)} is available: {advice}. " +
            $"Its largest buffers are {Largest(definition, training, batch)}.",
            needed,
            available,
            fitting);
    }

    static ProgramDefinition TrainProgram(NetworkDefinition definition) =>
        definition.Train ?? throw new InvalidOperationException($"{definition.Name} has no Loss, so it cannot be trained.");

    static long OutputSize(NetworkDefinition definition)
    {
        var floats = 0L;
        foreach (var name in definition.Predict.Outputs)
        {
            floats += definition.Predict.Buffer(name).Count;
        }

        return floats;
    }

    static int FittingBatch(NetworkDefinition definition, bool training, int batch, long available, bool factored)
    {
        var (fits, tooLarge) = (0, batch);
        while (tooLarge - fits > 1)
        {
            var middle = fits + ((tooLarge - fits) / 2);
            (fits, tooLarge) = Bytes(definition, training, middle, factored) <= available ? (middle, tooLarge) : (fits, middle);
        }

        return fits;
    }

    static string Largest(NetworkDefinition definition, bool training, int batch)
    {
        var program = training ? TrainProgram(definition) : definition.Predict;
        var lanes = Samples(program, batch);
        var buffers = program.Buffers
            .Select(buffer => (buffer.Name, Bytes: buffer.Count * sizeof(float) * (buffer.Batched ? lanes : 1)))
            .Concat(definition.Parameters.Select(static parameter => (Name: parameter.Path, Bytes: (decimal)parameter.Count * sizeof(float))))
            .OrderByDescending(static buffer => buffer.Bytes)
            .Take(LargestBuffers)
            .Select(static buffer => $"{buffer.Name} ({Size(buffer.Bytes)})");
        return string.Join(", ", buffers);
    }

    static string Size(decimal bytes) => bytes >= 1e9m
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes / 1e9m:F1} GB")
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes / 1e6m:F1} MB");
}
