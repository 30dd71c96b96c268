using NetDsl.Runtime.Checkpoints;

namespace NetDsl.Training;

/// <summary>How a run ended.</summary>
/// <param name="Iteration">Updates done.</param>
/// <param name="Stopped">It was asked to stop before its last iteration.</param>
/// <param name="Latest">The last evaluation on the held-out data, if there was one.</param>
/// <param name="Best">The best held-out score, if there was one.</param>
/// <param name="Snapshot">The last snapshot's file, if there was one.</param>
public sealed record TrainingOutcome(int Iteration, bool Stopped, Evaluation? Latest, BestScore? Best, string? Snapshot);
