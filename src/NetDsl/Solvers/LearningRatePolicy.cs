using static System.FormattableString;

namespace NetDsl.Solvers;

/// <summary>
/// How the learning rate follows from the iteration: Caffe's <c>lr_policy</c>. A number stands for a fixed rate. A policy has no state, so a
/// resumed run goes on with the right rate.
/// </summary>
public sealed class LearningRatePolicy
{
    readonly string text;
    readonly Func<int, double> rate;

    LearningRatePolicy(string text, Func<int, double> rate) => (this.text, this.rate) = (text, rate);

    /// <summary>The learning rate of an iteration, counted from 0.</summary>
    public double At(int iteration) => rate(iteration);

    /// <summary>The policy with all its numbers, <c>inv(0.01, gamma: 0.0001, power: 0.75)</c>: what a snapshot remembers of it.</summary>
    public override string ToString() => text;

    /// <summary>A fixed rate.</summary>
    public static implicit operator LearningRatePolicy(double rate) => Fixed(rate);

    /// <summary>Always <paramref name="rate"/>.</summary>
    public static LearningRatePolicy Fixed(double rate) =>
        new(Invariant($"fixed({rate})"), _ => rate);

    /// <summary><c>rate · gamma^⌊iteration / size⌋</c>.</summary>
    public static LearningRatePolicy Step(double rate, double gamma, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        return new(Invariant($"step({rate}, gamma: {gamma}, size: {size})"), iteration => rate * Math.Pow(gamma, iteration / size));
    }

    /// <summary><c>rate · gamma^iteration</c>.</summary>
    public static LearningRatePolicy Exp(double rate, double gamma) =>
        new(Invariant($"exp({rate}, gamma: {gamma})"), iteration => rate * Math.Pow(gamma, iteration));

    /// <summary><c>rate · (1 + gamma · iteration)^−power</c>.</summary>
    public static LearningRatePolicy Inv(double rate, double gamma, double power) =>
        new(Invariant($"inv({rate}, gamma: {gamma}, power: {power})"), iteration => rate * Math.Pow(1 + gamma * iteration, -power));

    /// <summary><c>rate · gamma^n</c>, where n counts the <paramref name="steps"/> that the iteration has reached.</summary>
    public static LearningRatePolicy Multistep(double rate, double gamma, params int[] steps)
    {
        int[] reached = [.. steps];
        return new(
            Invariant($"multistep({rate}, gamma: {gamma}, steps: {string.Join(' ', reached)})"),
            iteration => rate * Math.Pow(gamma, Reached(reached, iteration)));

        // Asked for every part of every parameter, so it is a loop and no query, which would allocate.
        static int Reached(int[] steps, int iteration)
        {
            var reached = 0;
            foreach (var step in steps)
            {
                reached += iteration >= step ? 1 : 0;
            }

            return reached;
        }
    }

    /// <summary><c>rate · (1 − iteration / iterations)^power</c>; 0 from the last iteration on.</summary>
    public static LearningRatePolicy Poly(double rate, double power, int iterations)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(iterations);
        return new(
            Invariant($"poly({rate}, power: {power}, iterations: {iterations})"),
            iteration => rate * Math.Pow(Math.Max(0, 1 - (double)iteration / iterations), power));
    }

    /// <summary><c>rate / (1 + exp(−gamma · (iteration − size)))</c>: with a positive gamma it rises, to half of <paramref name="rate"/> at <paramref name="size"/>.</summary>
    public static LearningRatePolicy Sigmoid(double rate, double gamma, int size) =>
        new(Invariant($"sigmoid({rate}, gamma: {gamma}, size: {size})"), iteration => rate / (1 + Math.Exp(-gamma * (iteration - size))));
}
