namespace NetDsl.Kernels;

/// <summary>Four floats that are read at once.</summary>
struct Float4
{
    public float X;
    public float Y;
    public float Z;
    public float W;
}
