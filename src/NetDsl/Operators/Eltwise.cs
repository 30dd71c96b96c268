namespace NetDsl;

public static partial class Layers
{
    /// <summary>The sum of tensors of one shape, element by element: Caffe's Eltwise SUM.</summary>
    [Block]
    public static Tensor Sum(params ReadOnlySpan<Tensor> tensors)
    {
        RequireTensors(tensors.Length);
        var sum = tensors[0];
        for (var i = 1; i < tensors.Length; i++)
        {
            sum = Add(sum, tensors[i]);
        }

        return sum;
    }

    /// <summary>The sum of tensors of one shape, each multiplied by its coefficient: Caffe's Eltwise SUM with <c>coeff</c>.</summary>
    /// <param name="coefficients">One for each tensor.</param>
    /// <param name="tensors">The tensors.</param>
    [Block]
    public static Tensor Sum(float[] coefficients, params ReadOnlySpan<Tensor> tensors)
    {
        RequireTensors(tensors.Length);
        if (coefficients.Length != tensors.Length)
        {
            throw new ArgumentException($"{coefficients.Length} coefficients do not fit {tensors.Length} tensors; give one for each", nameof(coefficients));
        }

        var sum = Affine(tensors[0], coefficients[0], 0);
        for (var i = 1; i < tensors.Length; i++)
        {
            sum = Add(sum, Affine(tensors[i], coefficients[i], 0));
        }

        return sum;
    }

    /// <summary>
    /// The product of tensors of one shape, element by element: Caffe's Eltwise PROD. A factor's gradient is the product of the others, which is right where
    /// the factor is 0 (Caffe's <c>stable_prod_grad</c>).
    /// </summary>
    [Block]
    public static Tensor Product(params ReadOnlySpan<Tensor> tensors)
    {
        RequireTensors(tensors.Length);
        var product = tensors[0];
        for (var i = 1; i < tensors.Length; i++)
        {
            product = Multiply(product, tensors[i]);
        }

        return product;
    }

    /// <summary>
    /// The largest of tensors of one shape, element by element: Caffe's Eltwise MAX. The gradient goes to the largest; of the first two the second wins a tie,
    /// of the others the earlier, as in Caffe.
    /// </summary>
    [Block]
    public static Tensor Max(params ReadOnlySpan<Tensor> tensors)
    {
        RequireTensors(tensors.Length);
        if (tensors.Length == 1)
        {
            return tensors[0];
        }

        var largest = Larger(tensors[0], tensors[1]);
        for (var i = 2; i < tensors.Length; i++)
        {
            largest = Larger(tensors[i], largest);
        }

        return largest;
    }

    /// <summary>y = max(a, b). Where they are equal the gradient goes to b.</summary>
    [Elementwise(nameof(Scalar.Larger), In = typeof(Scalar))]
    public static Tensor Larger(Tensor a, Tensor b) => throw new NotExecutableException();
}

public static partial class Scalar
{
    [Derivative(nameof(IsGreater), By = "a")]
    [Derivative(nameof(IsNotGreater), By = "b")]
    public static float Larger(float a, float b) => MathF.Max(a, b);

    public static float IsGreater(float a, float b) => a > b ? 1f : 0f;

    public static float IsNotGreater(float a, float b) => a > b ? 0f : 1f;
}
