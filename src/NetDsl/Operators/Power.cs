namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// y = (shift + scale x)^power: Caffe's Power. A whole power takes negative numbers too; of another one a negative base is not a number. The gradient is
    /// power · scale · (shift + scale x)^(power − 1) itself: Caffe divides y by the base, which is 0/0 at a base of 0. There it is 0 for a power above 1 and infinite for one below; a power of 0
    /// is 1 everywhere, as in Caffe, and a scale of 0 a constant, both with a gradient of 0.
    /// </summary>
    /// <param name="power">The exponent.</param>
    /// <param name="scale">What x is multiplied by.</param>
    /// <param name="shift">What is added to it.</param>
    [Block]
    public static Layer Power(float power, float scale = 1, float shift = 0) => x =>
    {
        var x1 = Affine(x, scale, shift);
        return power switch
        {
            0 => Affine(x, 0, 1),
            _ when scale == 0 => Affine(x, 0, ConstantPower(shift, power)),
            1 => x1,
            2 => x1 * x1,
            _ when power != MathF.Floor(power) => RealPower(x1, power),
            _ => WholePower(x1, power, power / 2 != MathF.Floor(power / 2)),
        };
    };

    /// <summary>The power of a constant; fails while compiling where that is no finite number.</summary>
    [Block]
    public static float ConstantPower(float shift, float power)
    {
        if ((shift == 0 && power < 0) || (shift < 0 && power != MathF.Floor(power)))
        {
            throw new ArgumentException($"with a scale of 0 it is {shift} to the power of {power}, which is no number; use another shift", nameof(shift));
        }

        return MathF.Pow(shift, power);
    }

    /// <summary>x^power for x ≥ 0; not a number below.</summary>
    [Elementwise(nameof(Scalar.RealPower), In = typeof(Scalar))]
    public static Tensor RealPower(Tensor x, float power) => throw new NotExecutableException();

    /// <summary>x^power for a whole power and any x.</summary>
    /// <param name="x">The input.</param>
    /// <param name="power">A whole number.</param>
    /// <param name="odd">Whether it is odd: then the result has the sign of x.</param>
    [Elementwise(nameof(Scalar.WholePower), In = typeof(Scalar))]
    public static Tensor WholePower(Tensor x, float power, bool odd) => throw new NotExecutableException();
}

public static partial class Scalar
{
    [Derivative(nameof(RealPowerDerivative))]
    public static float RealPower(float x, float power) => MathF.Pow(x, power);

    public static float RealPowerDerivative(float x, float power) => power * MathF.Pow(x, power - 1);

    [Derivative(nameof(WholePowerDerivative))]
    public static float WholePower(float x, float power, bool odd) => odd && x < 0 ? -MathF.Pow(MathF.Abs(x), power) : MathF.Pow(MathF.Abs(x), power);

    public static float WholePowerDerivative(float x, float power, bool odd) =>
        !odd && x < 0 ? -(power * MathF.Pow(MathF.Abs(x), power - 1)) : power * MathF.Pow(MathF.Abs(x), power - 1);
}
