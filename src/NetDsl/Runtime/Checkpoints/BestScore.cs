namespace NetDsl.Runtime.Checkpoints;

/// <summary>The best held-out score of a run.</summary>
/// <param name="Name">Which: <c>accuracy</c>.</param>
/// <param name="Value">The score.</param>
/// <param name="Iteration">Updates done when it was reached.</param>
public sealed record BestScore(string Name, double Value, int Iteration);
