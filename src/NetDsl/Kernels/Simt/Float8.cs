namespace NetDsl.Kernels;

/// <summary>Eight floats in registers: a row of sums, or elements on their way from memory.</summary>
readonly struct Float8(float v0, float v1, float v2, float v3, float v4, float v5, float v6, float v7)
{
    public readonly float V0 = v0;
    public readonly float V1 = v1;
    public readonly float V2 = v2;
    public readonly float V3 = v3;
    public readonly float V4 = v4;
    public readonly float V5 = v5;
    public readonly float V6 = v6;
    public readonly float V7 = v7;

    /// <summary>Adds the products of a number with eight others.</summary>
    public Float8 Add(float a, Float4 b, Float4 c) => new(
        (a * b.X) + V0, (a * b.Y) + V1, (a * b.Z) + V2, (a * b.W) + V3, (a * c.X) + V4, (a * c.Y) + V5, (a * c.Z) + V6, (a * c.W) + V7);
}
