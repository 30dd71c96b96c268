using System.Runtime.CompilerServices;
using NetDsl.Kernels;

namespace NetDsl;

/// <summary>Over which neighbours a local response is normalised: Caffe's <c>LRNParameter.norm_region</c>.</summary>
public enum LrnRegion
{
    /// <summary>Neighbouring channels at the same place.</summary>
    AcrossChannels,

    /// <summary>A square window of the same channel.</summary>
    WithinChannel,
}

public static partial class Layers
{
    /// <summary>
    /// Local response normalisation (Krizhevsky et al. 2012), with Caffe's rules: across channels y = x (k + α/n Σ x²)^−β, the sum over n channels around this one;
    /// within a channel y = x (1 + α/n² Σ x²)^−β, the sum over an n × n window around this place, where k is ignored. What lies outside counts as 0.
    /// </summary>
    /// <param name="size">The size n of the neighbourhood, odd.</param>
    /// <param name="alpha">The factor α, which is divided by the number of neighbours.</param>
    /// <param name="beta">The exponent β.</param>
    /// <param name="k">The constant that is added.</param>
    /// <param name="region">Which neighbours.</param>
    [Block]
    public static Layer LRN(int size = 5, float alpha = 1, float beta = 0.75f, float k = 1, LrnRegion region = LrnRegion.AcrossChannels)
    {
        if (size < 1 || size % 2 == 0)
        {
            throw new ArgumentException($"the size is {size}; it must be an odd number", nameof(size));
        }

        var window = AvgPool(size, stride: 1, padding: (size - 1) / 2);
        return x => DividedByPower(x, region == LrnRegion.AcrossChannels ? LrnScale(x, size, alpha, k) : Affine(window(x * x), alpha, 1), beta);
    }

    /// <summary>k + α/n Σ x² over n channels around each, [N, C, …] to [N, C, …].</summary>
    [Operator("[N, C, *S] -> [N, C, *S]", Kernel = typeof(LrnScaleKernel), Fusion = Fusion.Injective, Neighbours = nameof(size))]
    [Requires("size > 0 && size % 2 == 1", "the size is {size}; it must be an odd number", Argument = "size")]
    public static Tensor LrnScale(Tensor x, int size, float alpha, float k) => throw new NotExecutableException();

    /// <summary>y = x s^−power, for positive s.</summary>
    [Elementwise(nameof(Scalar.DividedByPower), In = typeof(Scalar))]
    public static Tensor DividedByPower(Tensor x, Tensor s, float power) => throw new NotExecutableException();
}

public static partial class Scalar
{
    [Derivative(nameof(InversePower), By = "x")]
    [Derivative(nameof(DividedByPowerByS), By = "s")]
    public static float DividedByPower(float x, float s, float power) => x * InversePower(s, power);

    /// <summary>s^−power; the usual 3/4 needs two roots only.</summary>
    public static float InversePower(float s, float power) => power == 0.75f ? 1 / (MathF.Sqrt(s) * MathF.Sqrt(MathF.Sqrt(s))) : MathF.Exp(-power * MathF.Log(s));

    public static float DividedByPowerByS(float s, float y, float power) => -power * y / s;
}

/// <summary>The scale of local response normalisation across channels.</summary>
public static class LrnScaleKernel
{
    /// <summary>y[c, s] = k + α/n Σ x[c', s]² over the channels c' from c − n/2 to c + n/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Forward<T, TView>(TView x, int c, int s, int C, int S, int size, float alpha, float k)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var sum = T.Create(0);
        var first = c - size / 2;
        if (size == 5 && first >= 0 && first + size <= C)
        {
            // The usual five without a loop, which the compiler does not unroll.
            sum = PlusSquare(x[(first + 4) * S + s], PlusSquare(x[(first + 3) * S + s], PlusSquare(x[(first + 2) * S + s], PlusSquare(x[(first + 1) * S + s], PlusSquare(x[first * S + s], sum)))));
        }
        else
        {
            for (var i = 0; i < size; i++)
            {
                if ((uint)(first + i) < (uint)C)
                {
                    sum = PlusSquare(x[(first + i) * S + s], sum);
                }
            }
        }

        return T.MultiplyAdd(sum, T.Create(alpha / size), T.Create(k));
    }

    /// <summary>dx[c, s] = 2 α/n x[c, s] Σ dy[c', s].</summary>
    [GradientOf("x")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T InputGradient<T, TView>(TView dy, [OwnElement] TView x, int c, int s, int C, int S, int size, float alpha)
        where T : struct, ILanes<T>
        where TView : struct, IView<T>
    {
        var sum = T.Create(0);
        var first = c - size / 2;
        if (size == 5 && first >= 0 && first + size <= C)
        {
            sum = sum + dy[first * S + s] + dy[(first + 1) * S + s] + dy[(first + 2) * S + s] + dy[(first + 3) * S + s] + dy[(first + 4) * S + s];
        }
        else
        {
            for (var i = 0; i < size; i++)
            {
                if ((uint)(first + i) < (uint)C)
                {
                    sum += dy[(first + i) * S + s];
                }
            }
        }

        return sum * x[c * S + s] * T.Create(2 * alpha / size);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T PlusSquare<T>(T value, T sum)
        where T : struct, ILanes<T> => T.MultiplyAdd(value, value, sum);
}
