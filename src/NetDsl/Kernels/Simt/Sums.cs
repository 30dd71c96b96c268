namespace NetDsl.Kernels;

/// <summary>Four floats that are read at once.</summary>
struct Float4
{
    public float X;
    public float Y;
    public float Z;
    public float W;
}

/// <summary>Eight sums of a row, in registers.</summary>
readonly struct SumsRow(float v0, float v1, float v2, float v3, float v4, float v5, float v6, float v7)
{
    public readonly float V0 = v0;
    public readonly float V1 = v1;
    public readonly float V2 = v2;
    public readonly float V3 = v3;
    public readonly float V4 = v4;
    public readonly float V5 = v5;
    public readonly float V6 = v6;
    public readonly float V7 = v7;

    public SumsRow Add(float a, Float4 b, Float4 c) => new(
        (a * b.X) + V0, (a * b.Y) + V1, (a * b.Z) + V2, (a * b.W) + V3, (a * c.X) + V4, (a * c.Y) + V5, (a * c.Z) + V6, (a * c.W) + V7);
}

/// <summary>Eight rows of eight sums. Values, not an array: an array would lie in memory.</summary>
readonly struct Sums(SumsRow r0, SumsRow r1, SumsRow r2, SumsRow r3, SumsRow r4, SumsRow r5, SumsRow r6, SumsRow r7)
{
    readonly SumsRow r0 = r0;
    readonly SumsRow r1 = r1;
    readonly SumsRow r2 = r2;
    readonly SumsRow r3 = r3;
    readonly SumsRow r4 = r4;
    readonly SumsRow r5 = r5;
    readonly SumsRow r6 = r6;
    readonly SumsRow r7 = r7;

    /// <summary>Adds the products of eight rows and eight columns at one depth.</summary>
    public Sums Add(Float4 a, Float4 b, Float4 c, Float4 d) => new(
        r0.Add(a.X, c, d), r1.Add(a.Y, c, d), r2.Add(a.Z, c, d), r3.Add(a.W, c, d), r4.Add(b.X, c, d), r5.Add(b.Y, c, d), r6.Add(b.Z, c, d), r7.Add(b.W, c, d));

    public SumsRow Row(int row) => row switch { 0 => r0, 1 => r1, 2 => r2, 3 => r3, 4 => r4, 5 => r5, 6 => r6, _ => r7 };
}
