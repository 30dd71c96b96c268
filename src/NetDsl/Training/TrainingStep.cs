namespace NetDsl.Training;

/// <summary>How a run stands after an update.</summary>
/// <param name="Iteration">Updates done.</param>
/// <param name="Iterations">Updates in all.</param>
/// <param name="Loss">The loss of the latest iteration, before its update.</param>
/// <param name="SmoothedLoss">The mean of the latest losses, <see cref="Recipe.AverageLoss"/> of them.</param>
/// <param name="LearningRate">The learning rate of the latest update.</param>
public readonly record struct TrainingStep(int Iteration, int Iterations, float Loss, float SmoothedLoss, double LearningRate);
