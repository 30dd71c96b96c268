namespace NetDsl.Runtime;

public abstract partial class Network
{
    // Floats hold every integer up to here.
    const int LargestLabel = 1 << 24;

    /// <summary>Gives an input its samples: row-major, the batch outermost. They stay until they are replaced.</summary>
    /// <param name="input">Its place in <see cref="NetworkDefinition.Inputs"/>.</param>
    /// <param name="values">Whole samples, up to <see cref="BatchSize"/> of them.</param>
    /// <exception cref="ArgumentException">It is not a whole number of samples between 1 and the batch.</exception>
    public void SetInput(int input, ReadOnlySpan<float> values)
    {
        using var use = Use();
        var definition = Definition.Inputs[input];
        samples[input] = CountSamples(definition, values.Length);
        values.CopyTo(memory.Inputs[input].Span(0, values.Length));
    }

    /// <summary>Gives labels: one class index a sample, or one for each place of the label's shape.</summary>
    /// <param name="input">Its place in <see cref="NetworkDefinition.Inputs"/>.</param>
    /// <param name="labels">Whole samples, up to <see cref="BatchSize"/> of them.</param>
    /// <exception cref="ArgumentException">It is not a whole number of samples, or a label is no class.</exception>
    public void SetLabels(int input, ReadOnlySpan<int> labels)
    {
        using var use = Use();
        var definition = Definition.Inputs[input];
        var count = CountSamples(definition, labels.Length);
        var classes = definition.Classes > 0 ? definition.Classes : LargestLabel;
        var values = memory.Inputs[input].Span(0, labels.Length);
        for (var i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classes && labels[i] != definition.IgnoredLabel)
            {
                samples[input] = 0;
                throw BadLabel(definition, i, labels[i]);
            }

            values[i] = labels[i];
        }

        samples[input] = count;
    }

    int CountSamples(InputDefinition definition, int length)
    {
        var count = length / definition.Count;
        if (count < 1 || count > BatchSize || count * definition.Count != length)
        {
            var shape = definition.Shape.Count == 0 ? "of one number a sample" : $"of shape [{string.Join(", ", definition.Shape)}] a sample";
            throw new ArgumentException(
                $"Input '{definition.Name}' of {Definition.Name}, {shape}, takes {definition.Count} to {(long)definition.Count * BatchSize} numbers " +
                $"(whole samples, up to the batch of {BatchSize}), but got {length}.");
        }

        return count;
    }

    static ArgumentException BadLabel(InputDefinition definition, int index, int label)
    {
        var place = definition.Count == 1 ? "" : $", element {index % definition.Count}";
        var expected = definition.Classes > 0 ? $"there are {definition.Classes} classes, 0 to {definition.Classes - 1}" : "a class is 0 or more";
        var ignored = definition.IgnoredLabel is { } value ? $", and {value} is ignored" : "";
        return new ArgumentException($"Label {label} of sample {index / definition.Count}{place} in '{definition.Name}' is no class: {expected}{ignored}.");
    }

    /// <summary>The number of samples of a run, which all inputs that it reads must agree on.</summary>
    int CommonSamples(bool withEvaluation)
    {
        var first = -1;
        for (var i = 0; i < samples.Length; i++)
        {
            var definition = Definition.Inputs[i];
            if (definition.EvaluationOnly && !withEvaluation)
            {
                continue;
            }

            if (samples[i] == 0)
            {
                throw new InvalidOperationException($"Input '{definition.Name}' of {Definition.Name} was not given: call {(definition.IsLabels ? "SetLabels" : "SetInput")}({i}, …) first.");
            }

            if (first < 0)
            {
                first = i;
            }
            else if (samples[i] != samples[first])
            {
                throw new InvalidOperationException(
                    $"The inputs of {Definition.Name} differ in their number of samples: '{Definition.Inputs[first].Name}' has {samples[first]}, '{definition.Name}' has {samples[i]}.");
            }
        }

        return first < 0 ? BatchSize : samples[first];
    }
}
