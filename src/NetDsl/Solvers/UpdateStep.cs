namespace NetDsl.Solvers;

/// <summary>What all parameters of one update share.</summary>
/// <param name="number">Updates done before this one: Caffe's <c>iter</c>.</param>
/// <param name="accumulated">Batches whose gradients were summed: Caffe's <c>iter_size</c>.</param>
/// <param name="gradientNorm">The L2 norm of all gradients together, of the sum over the batches; finite, or NaN where it was not computed. For clipping.</param>
public readonly struct UpdateStep(int number, int accumulated, double gradientNorm)
{
    /// <summary>Updates done before this one, from 0: Caffe's <c>iter</c>.</summary>
    public int Number { get; } = number;

    /// <summary>Batches whose gradients were summed: Caffe's <c>iter_size</c>.</summary>
    public int Accumulated { get; } = accumulated;

    /// <summary>The L2 norm of all gradients together, before they are divided by <see cref="Accumulated"/>.</summary>
    /// <exception cref="InvalidOperationException">The solver did not say that it reads it (<see cref="Solver.ReadsGradientNorm"/>), so it was not computed.</exception>
    public double GradientNorm => double.IsNaN(gradientNorm)
        ? throw new InvalidOperationException("A solver that reads the norm of the gradients must say so before the step: override ReadsGradientNorm with true.")
        : gradientNorm;
}
