namespace NetDsl.Tests;

/// <summary>Compares a function of lanes with double precision, in every binade of both signs, and the widths with each other.</summary>
static unsafe class LanesAccuracy
{
    /// <summary>Numbers of one sign, spread evenly over all bit patterns from the smallest denormal to the largest number.</summary>
    const int Numbers = 1 << 18;

    const uint Infinity = 0x7F800000;

    public static void Check<T512, T256, T128, TScalar>(Func<double, double> reference, double units)
        where T512 : struct, ILanesFunction
        where T256 : struct, ILanesFunction
        where T128 : struct, ILanesFunction
        where TScalar : struct, ILanesFunction
    {
        var x = Inputs();
        var (wide, medium, narrow, scalar) = (Apply<T512>(x), Apply<T256>(x), Apply<T128>(x), Apply<TScalar>(x));
        for (var i = 0; i < x.Length; i++)
        {
            Assert.True(Same(wide[i], medium[i]) && Same(wide[i], narrow[i]), $"f({x[i]:R}) is {wide[i]:R} of 16 lanes, {medium[i]:R} of 8, {narrow[i]:R} of 4");
            var expected = reference(x[i]);
            Assert.True(Error(wide[i], expected) <= units, $"f({x[i]:R}) = {wide[i]:R}, expected {expected:R}");

            // Without a fused multiply-add each product is rounded, too.
            Assert.True(Error(scalar[i], expected) <= 2 * units, $"f({x[i]:R}) = {scalar[i]:R}, expected {expected:R}");
        }
    }

    static float[] Inputs() =>
        [.. Enumerable.Range(0, Numbers).Select(static i => BitConverter.UInt32BitsToSingle((uint)((ulong)i * Infinity / Numbers))).SelectMany(static x => new[] { x, -x })];

    static float[] Apply<TFunction>(float[] x)
        where TFunction : struct, ILanesFunction
    {
        var y = new float[x.Length];
        fixed (float* source = x, target = y)
        {
            TFunction.Apply(source, target, x.Length);
        }

        return y;
    }

    static bool Same(float a, float b) => BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b);

    /// <summary>In units of the last place of the expected value. What is smaller than a normal number may be 0.</summary>
    static double Error(float actual, double expected)
    {
        var size = Math.Abs((float)expected);
        var unit = size < 1.17549435e-38f ? 1.17549435e-38 : (double)MathF.BitIncrement(size) - size;
        return Math.Abs(actual - expected) / unit;
    }
}
