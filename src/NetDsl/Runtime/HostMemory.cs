namespace NetDsl.Runtime;

/// <summary>The part of a network's memory that the caller reads and writes: parameters, gradients, inputs and outputs, all row-major.</summary>
sealed class HostMemory : IDisposable
{
    readonly NetworkDefinition definition;
    Arena? sums;

    public HostMemory(NetworkDefinition definition, int batch, bool training)
    {
        this.definition = definition;
        Parameters = new Arena(definition.ParameterSize);
        Gradients = new Arena(training ? definition.ParameterSize : 0, cleared: definition.FactoredSize == 0);
        ClearStored(training);
        Inputs = [.. definition.Inputs.Select(input => new Arena((long)input.Count * batch))];
        OutputSizes = new int[definition.Predict.Outputs.Count];
        Outputs = new Arena[OutputSizes.Length];
        for (var i = 0; i < Outputs.Length; i++)
        {
            OutputSizes[i] = definition.Predict.Buffer(definition.Predict.Outputs[i]).Count;
            Outputs[i] = new Arena((long)OutputSizes[i] * batch);
        }
    }

    public Arena Parameters { get; }

    /// <summary>The gradients, at the parameters' offsets. The memory of those with <see cref="ParameterDefinition.Factors"/> is untouched, and so not there, until somebody wants to see them.</summary>
    public Arena Gradients { get; }

    /// <summary>The inputs, in the order of the definition; labels as floats.</summary>
    public Arena[] Inputs { get; }

    /// <summary>The outputs of the prediction program, in its order.</summary>
    public Arena[] Outputs { get; }

    /// <summary>Elements of one sample of each output.</summary>
    public int[] OutputSizes { get; }

    /// <summary>Gradients added up over several batches; made by the first that asks.</summary>
    public Arena Sums => sums ??= new Arena(definition.ParameterSize);

    void ClearStored(bool training)
    {
        foreach (var parameter in definition.Parameters)
        {
            if (training && parameter.Factors is null)
            {
                Gradients.Span(parameter.Offset, parameter.Count).Clear();
            }
        }
    }

    public void Dispose()
    {
        Parameters.Dispose();
        Gradients.Dispose();
        sums?.Dispose();
        Array.ForEach(Inputs, static arena => arena.Dispose());
        Array.ForEach(Outputs, static arena => arena.Dispose());
    }
}
