using NetDsl.Runtime;

namespace NetDsl.Data;

/// <summary>What fills an input of a network that reads a text.</summary>
enum TextField
{
    /// <summary>The characters or words.</summary>
    Text,

    /// <summary>Those one place further on.</summary>
    Next,

    /// <summary>0 where a sequence begins, else 1.</summary>
    Continuation,
}

/// <summary>Finds what of a text goes into each input of a network.</summary>
static class TextFields
{
    /// <summary>The input that takes the text.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static InputDefinition Text(NetworkDefinition network) =>
        network.Inputs.FirstOrDefault(static input => input is { IsLabels: true, EvaluationOnly: false })
        ?? throw new InvalidDataException($"{network.Name} predicts from no labels, so it reads no text.");

    /// <summary>For each input what fills it.</summary>
    /// <exception cref="InvalidDataException">Nothing fits one of them.</exception>
    public static TextField[] Of(NetworkDefinition network, string data)
    {
        var text = Text(network);
        return [.. network.Inputs.Select(input =>
            !input.Shape.SequenceEqual(text.Shape)
                ? throw new InvalidDataException($"Input '{input.Name}' of {network.Name} takes [{string.Join(", ", input.Shape)}] a sample; {data} has sequences of [{string.Join(", ", text.Shape)}].")
                : input == text ? TextField.Text : input.IsLabels ? TextField.Next : TextField.Continuation)];
    }
}
