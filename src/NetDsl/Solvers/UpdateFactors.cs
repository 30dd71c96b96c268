using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl.Solvers;

/// <summary>The numbers of one parameter's update, and what every solver does before its own formula.</summary>
/// <param name="clip">Brings the gradients of all parameters together down to the clipping norm; 1 where they are below it.</param>
/// <param name="average">One over the number of batches accumulated.</param>
/// <param name="decay">Weight decay times the parameter's multiplier.</param>
/// <param name="rate">Learning rate times the parameter's multiplier.</param>
/// <param name="regularization">What the decay multiplies.</param>
public readonly struct UpdateFactors(float clip, float average, float decay, float rate, Regularization regularization)
{
    readonly float clip = clip;
    readonly float average = average;
    readonly float decay = decay;
    readonly float rate = rate;
    readonly Regularization regularization = regularization;

    /// <summary>The new weight. Caffe's order: clip, average, decay, the solver's formula.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T, TRule>(TRule rule, T weight, T gradient, ref T history0, ref T history1)
        where T : struct, ILanes<T>
        where TRule : struct, IUpdateRule
    {
        gradient = gradient * T.Create(clip) * T.Create(average);
        var penalty = regularization == Regularization.L1 ? Sign(weight) : weight;
        return weight - rule.Update(gradient + T.Create(decay) * penalty, T.Create(rate), ref history0, ref history1);
    }

    static T Sign<T>(T weight)
        where T : struct, ILanes<T>
    {
        var zero = T.Create(0);
        return T.Select(T.Greater(weight, zero), T.Create(1), T.Select(T.Greater(zero, weight), T.Create(-1), zero));
    }
}
