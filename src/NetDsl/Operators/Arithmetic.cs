namespace NetDsl;

public static partial class Layers
{
    /// <summary>The sum of two tensors of one shape: y = a + b.</summary>
    [Elementwise(nameof(Arithmetic.Add), In = typeof(Arithmetic))]
    public static Tensor Add(Tensor a, Tensor b) => throw new NotExecutableException();

    /// <summary>The difference of two tensors of one shape: y = a − b.</summary>
    [Elementwise(nameof(Arithmetic.Subtract), In = typeof(Arithmetic))]
    public static Tensor Subtract(Tensor a, Tensor b) => throw new NotExecutableException();

    /// <summary>The product of two tensors of one shape, element by element: y = a b.</summary>
    [Elementwise(nameof(Arithmetic.Multiply), In = typeof(Arithmetic))]
    public static Tensor Multiply(Tensor a, Tensor b) => throw new NotExecutableException();

    /// <summary>The quotient of two tensors of one shape, element by element: y = a / b.</summary>
    [Elementwise(nameof(Arithmetic.Divide), In = typeof(Arithmetic))]
    public static Tensor Divide(Tensor a, Tensor b) => throw new NotExecutableException();

    /// <summary>y = scale x + shift.</summary>
    [Elementwise(nameof(Arithmetic.Affine), In = typeof(Arithmetic))]
    public static Tensor Affine(Tensor x, float scale, float shift) => throw new NotExecutableException();
}

/// <summary>The scalar functions of the arithmetic operators and their derivatives.</summary>
public static class Arithmetic
{
    [Derivative(nameof(One), By = "a")]
    [Derivative(nameof(One), By = "b")]
    public static float Add(float a, float b) => a + b;

    [Derivative(nameof(One), By = "a")]
    [Derivative(nameof(MinusOne), By = "b")]
    public static float Subtract(float a, float b) => a - b;

    [Derivative(nameof(Second), By = "a")]
    [Derivative(nameof(First), By = "b")]
    public static float Multiply(float a, float b) => a * b;

    [Derivative(nameof(DivideByA), By = "a")]
    [Derivative(nameof(DivideByB), By = "b")]
    public static float Divide(float a, float b) => a / b;

    [Derivative(nameof(AffineDerivative))]
    public static float Affine(float x, float scale, float shift) => scale * x + shift;

    public static float One() => 1;
    public static float MinusOne() => -1;
    public static float First(float a) => a;
    public static float Second(float b) => b;
    public static float DivideByA(float b) => 1 / b;
    public static float DivideByB(float b, float y) => -y / b;
    public static float AffineDerivative(float scale) => scale;
}
