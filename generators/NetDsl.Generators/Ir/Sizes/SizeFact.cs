namespace NetDsl.Generators.Ir;

/// <summary>
/// What an instance of a network with free sizes works out, in this order: a size that others are made of, or a condition that its height and width must meet.
/// </summary>
/// <param name="Name">What the size is called; empty for a condition.</param>
/// <param name="Expression">C# of the size or the condition.</param>
/// <param name="Message">What to say where the condition does not hold, as the text of an interpolated string.</param>
sealed record SizeFact(string Name, string Expression, string Message);
