namespace NetDsl.Generators.Emit;

/// <summary>A file of emitted C#.</summary>
/// <param name="HintName">What it is called among the files of the generator.</param>
/// <param name="Text">The C#.</param>
sealed record EmittedText(string HintName, string Text);
