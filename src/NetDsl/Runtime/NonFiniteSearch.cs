namespace NetDsl.Runtime;

/// <summary>
/// Finds where a NaN or infinity came from: looks at inputs and parameters, then runs the step again (it is deterministic) and looks at
/// what each kernel wrote. Costs nothing until it is needed.
/// </summary>
sealed class NonFiniteSearch(NetworkDefinition definition, Step step, HostMemory memory, Execution execution) : KernelObserver
{
    (string Layer, string Where)? found;

    public NonFiniteException Run()
    {
        execution.Share(memory.Parameters);
        SearchInputs();
        SearchParameters();
        if (found is null)
        {
            execution.Replay(step, this);
        }

        var (layer, where) = found ?? ("gradients", "only in the sum of the gradients");
        return new NonFiniteException(
            $"Step {step.Number} of {definition.Name} produced NaN or infinity: first {where}. The parameters were not updated; " +
            "a lower learning rate or gradient clipping may help, and so may a look at the data.",
            layer,
            step.Number);
    }

    public override void Completed(int kernel)
    {
        if (found is not null || kernel >= step.Program.Kernels.Count)
        {
            return;
        }

        var running = step.Program.Kernels[kernel];
        foreach (var buffer in step.Program.Buffers)
        {
            if (buffer.FirstUse == kernel && Search(buffer) is { } index)
            {
                found = (running.Layer, buffer.Batched
                    ? $"in '{buffer.Name}' of sample {index / buffer.Count}, which kernel {running.Name} (layer {running.Layer}) computes"
                    : $"in '{buffer.Name}', which kernel {running.Name} (layer {running.Layer}) computes");
                return;
            }
        }

        if (running.Backward)
        {
            SearchGradients(running);
        }
    }

    void SearchInputs()
    {
        for (var i = 0; i < definition.Inputs.Count && found is null; i++)
        {
            var input = definition.Inputs[i];
            if (First(memory.Inputs[i].Span(0, input.Count * step.Samples)) is { } index)
            {
                found = (input.Name, $"in input '{input.Name}', sample {index / input.Count}: check the data");
            }
        }
    }

    void SearchParameters()
    {
        for (var i = 0; i < definition.Parameters.Count && found is null; i++)
        {
            var parameter = definition.Parameters[i];
            if (First(memory.Parameters.Span(parameter.Offset, parameter.Count)) is not null)
            {
                found = (parameter.Path, $"in parameter '{parameter.Path}', before the step");
            }
        }
    }

    void SearchGradients(KernelDefinition kernel)
    {
        execution.Share(memory.Gradients);
        foreach (var parameter in definition.Parameters)
        {
            if (!parameter.Frozen && parameter.Path.StartsWith(kernel.Layer + ".", StringComparison.Ordinal)
                && First(memory.Gradients.Span(parameter.Offset, parameter.Count)) is not null)
            {
                found = (kernel.Layer, $"in the gradient of '{parameter.Path}', which kernel {kernel.Name} computes");
                return;
            }
        }
    }

    int? Search(BufferDefinition buffer)
    {
        var values = new float[buffer.Batched ? buffer.Count * step.Samples : buffer.Count];
        execution.Read(buffer, step.Samples, values);
        return First(values);
    }

    static int? First(ReadOnlySpan<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                return i;
            }
        }

        return null;
    }
}
