using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

public static partial class Layers
{
    /// <summary>The sum of each sample's elements: [N, …] to [N].</summary>
    [Operator("[N, *S] -> [N]", Kernel = typeof(SampleSumKernel), Fusion = Fusion.Injective)]
    public static Tensor SampleSum(Tensor x) => throw new NotExecutableException();

    /// <summary>The sum of each sample's elements; [N] is that already, and costs no kernel.</summary>
    [Block]
    public static Tensor PerSample(Tensor x) => x.Shape.Count == 1 ? x : SampleSum(x);

    /// <summary>The sum over the samples of the batch: [N] to a scalar.</summary>
    [Operator("[N] -> []", Reduction = BatchReduction.Sum)]
    public static Tensor BatchSum(Tensor x) => throw new NotExecutableException();

    /// <summary>The mean over the samples of the batch: [N] to a scalar.</summary>
    [Operator("[N] -> []", Reduction = BatchReduction.Mean)]
    public static Tensor BatchMean(Tensor x) => throw new NotExecutableException();

    /// <summary>The sum over the samples of the batch, element by element: [N, …] to […].</summary>
    [Operator("[N, *S] -> [*S]", Reduction = BatchReduction.Sum)]
    public static Tensor SumOverBatch(Tensor x) => throw new NotExecutableException();

    /// <summary>The mean over the samples of the batch, element by element: [N, …] to […].</summary>
    [Operator("[N, *S] -> [*S]", Reduction = BatchReduction.Mean)]
    public static Tensor MeanOverBatch(Tensor x) => throw new NotExecutableException();
}

/// <summary>The sum over a sample.</summary>
public static class SampleSumKernel
{
    /// <summary>y = Σ x[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView>(TView x, int S)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var sum = T.Create(0);
        for (var i = 0; i < S; i++)
        {
            sum += x[i];
        }

        return sum;
    }

    /// <summary>dx[i] = dy.</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T InputGradient<T, TView>(TView dy, int i)
        where T : struct, ILanes<T>
        where TView : struct, IView<T> => dy[0];
}
