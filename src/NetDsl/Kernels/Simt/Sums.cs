namespace NetDsl.Kernels;

/// <summary>Eight rows of eight sums. Values, not an array: an array would lie in memory.</summary>
readonly struct Sums(Float8 r0, Float8 r1, Float8 r2, Float8 r3, Float8 r4, Float8 r5, Float8 r6, Float8 r7)
{
    readonly Float8 r0 = r0;
    readonly Float8 r1 = r1;
    readonly Float8 r2 = r2;
    readonly Float8 r3 = r3;
    readonly Float8 r4 = r4;
    readonly Float8 r5 = r5;
    readonly Float8 r6 = r6;
    readonly Float8 r7 = r7;

    /// <summary>Adds the products of eight rows and eight columns at one depth.</summary>
    public Sums Add(Float4 a, Float4 b, Float4 c, Float4 d) => new(
        r0.Add(a.X, c, d), r1.Add(a.Y, c, d), r2.Add(a.Z, c, d), r3.Add(a.W, c, d), r4.Add(b.X, c, d), r5.Add(b.Y, c, d), r6.Add(b.Z, c, d), r7.Add(b.W, c, d));

    public Float8 Row(int row) => row switch { 0 => r0, 1 => r1, 2 => r2, 3 => r3, 4 => r4, 5 => r5, 6 => r6, _ => r7 };
}
