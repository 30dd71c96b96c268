namespace NetDsl;

/// <summary>Takes the parts of <c>Split</c> and <c>Unstack</c> apart: <c>var (i, f, g, o) = Split(gates, parts: 4);</c>.</summary>
public static class TensorDeconstruction
{
    public static void Deconstruct(this Tensor[] parts, out Tensor a, out Tensor b) => throw new NotExecutableException();
    public static void Deconstruct(this Tensor[] parts, out Tensor a, out Tensor b, out Tensor c) => throw new NotExecutableException();
    public static void Deconstruct(this Tensor[] parts, out Tensor a, out Tensor b, out Tensor c, out Tensor d) => throw new NotExecutableException();
    public static void Deconstruct(this Tensor[] parts, out Tensor a, out Tensor b, out Tensor c, out Tensor d, out Tensor e) => throw new NotExecutableException();
    public static void Deconstruct(this Tensor[] parts, out Tensor a, out Tensor b, out Tensor c, out Tensor d, out Tensor e, out Tensor f) => throw new NotExecutableException();
    public static void Deconstruct(this Tensor[] parts, out Tensor a, out Tensor b, out Tensor c, out Tensor d, out Tensor e, out Tensor f, out Tensor g) => throw new NotExecutableException();
    public static void Deconstruct(this Tensor[] parts, out Tensor a, out Tensor b, out Tensor c, out Tensor d, out Tensor e, out Tensor f, out Tensor g, out Tensor h) => throw new NotExecutableException();
}
