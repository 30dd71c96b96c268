using System.Globalization;
using System.Runtime.Intrinsics;
using NetDsl.Kernels;

namespace NetDsl.Solvers;

/// <summary>
/// A rule that turns gradients into a change of the parameters. A solver holds settings only: its memory of each parameter belongs to the
/// network that it trains, so one solver may serve several networks.
/// </summary>
/// <remarks>
/// To write one, derive from this class, put the formula in a public struct that implements <see cref="IUpdateRule"/>, and pass it to
/// <see cref="Run"/> in <see cref="Update"/>; <see cref="Sgd"/> is an example.
/// </remarks>
public abstract record Solver
{
    /// <summary>The learning rate: a number, or a <see cref="LearningRatePolicy"/>. 0.01 unless set.</summary>
    public LearningRatePolicy LearningRate { get; init; } = 0.01;

    /// <summary>Weight decay, added to the gradient (also by <see cref="Adam"/>, as in Caffe); a parameter's <c>decay_mult</c> multiplies it. 0 unless set.</summary>
    public double WeightDecay { get; init; }

    /// <summary>What weight decay multiplies. L2 unless set.</summary>
    public Regularization Regularization { get; init; }

    /// <summary>The gradients of all parameters together are scaled down to this L2 norm where they exceed it. Not clipped unless set.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>Numbers remembered for each weight: 0, 1 or 2. They start at zero.</summary>
    public abstract int HistoryCount { get; }

    /// <summary>
    /// Whether <see cref="Update"/> reads <see cref="UpdateStep.GradientNorm"/>: where it clips. All gradients must then be in memory before the first update; otherwise those of large weights
    /// are never stored. Override it with true in a solver that reads the norm for another reason.
    /// </summary>
    public virtual bool ReadsGradientNorm => ClipNorm is not null;

    /// <summary>Every setting by name: what a snapshot remembers, and what is compared when a run is resumed.</summary>
    public virtual IEnumerable<KeyValuePair<string, string>> Settings =>
    [
        new("solver", GetType().Name),
        new("learning rate", LearningRate.ToString()),
        Setting("weight decay", WeightDecay),
        new("regularization", Regularization.ToString()),
        ClipNorm is { } norm ? Setting("clip norm", norm) : new("clip norm", "none"),
    ];

    /// <summary>
    /// Updates a part of a parameter. Called by several threads at once, each with other ranges; the result must not depend on where a
    /// parameter is cut, so an element's update may depend on nothing but that element and <paramref name="step"/>.
    /// </summary>
    public abstract void Update(in UpdateRange range, in UpdateStep step);

    /// <summary>The solver's name and its settings.</summary>
    public sealed override string ToString() => string.Join(", ", Settings.Select(setting => $"{setting.Key} {setting.Value}"));

    /// <summary>A setting's text, from which the number can be read back exactly.</summary>
    protected static KeyValuePair<string, string> Setting(string name, double value) => new(name, value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>The numbers of one parameter's update.</summary>
    protected UpdateFactors Factors(in UpdateRange range, in UpdateStep step) => new(
        clip: ClipNorm is { } norm && step.GradientNorm > norm ? (float)(norm / step.GradientNorm) : 1,
        average: 1f / step.Accumulated,
        decay: (float)(WeightDecay * range.Decay),
        rate: (float)(LearningRate.At(step.Number) * range.Rate),
        Regularization);

    /// <summary>Applies a formula to every element of a range: with the widest registers the processor has, or on the device where the parameter lies.</summary>
    protected void Run<TRule>(TRule rule, in UpdateRange range, in UpdateStep step)
        where TRule : struct, IUpdateRule
    {
        var factors = Factors(range, step);
        if (range.Launcher is { } launcher)
        {
            launcher.Run(rule, factors);
        }
        else if (Vector512.IsHardwareAccelerated)
        {
            UpdateLoop.Run<Lanes512, TRule>(rule, factors, range);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            UpdateLoop.Run<Lanes256, TRule>(rule, factors, range);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            UpdateLoop.Run<Lanes128, TRule>(rule, factors, range);
        }
        else
        {
            UpdateLoop.Run<ScalarLane, TRule>(rule, factors, range);
        }
    }
}
