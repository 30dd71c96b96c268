namespace NetDsl.Generators.Ir;

/// <summary>
/// What an instance of a network with free sizes works out, in this order: a size that others are made of, or a condition that its height and width must meet.
/// </summary>
/// <param name="Name">What the size is called; empty for a condition.</param>
/// <param name="Expression">C# of the size or the condition.</param>
/// <param name="Message">What to say where the condition does not hold, or the size is less than 1, as the text of an interpolated string; empty for a size that never is.</param>
sealed record SizeFact(string Name, string Expression, string Message)
{
    /// <summary>It is of loss and metrics: an instance that only predicts need not meet it.</summary>
    public bool OfEvaluation { get; init; }
}
