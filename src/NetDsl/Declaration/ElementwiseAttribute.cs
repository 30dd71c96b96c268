namespace NetDsl;

/// <summary>
/// Declares an operator that applies a scalar function to each element. The parameters of the scalar function that the operator's
/// method has as tensors are elements; those it has as numbers are constants; one named <c>random</c> is a uniform number in [0, 1)
/// from the counter-based generator, the same in forward and backward.
/// </summary>
/// <param name="function">
/// The scalar function: a static method with one expression, in the operator's class or in <see cref="In"/>; or the name of a delegate
/// parameter of the operator, whose argument is then the function.
/// </param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ElementwiseAttribute(string function) : Attribute
{
    /// <summary>The scalar function.</summary>
    public string Function { get; } = function;

    /// <summary>The class of the scalar function, if it is not the operator's own.</summary>
    public Type? In { get; set; }

    /// <summary>The operator acts in training only; prediction passes its input through.</summary>
    public bool TrainingOnly { get; set; }
}

/// <summary>
/// On a scalar function: names its derivative, a static method of the same class. The names of the derivative's parameters say what it
/// needs (an operand's name, or <c>y</c> for the result), and so what the memory plan keeps.
/// </summary>
/// <param name="derivative">The derivative's name.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class DerivativeAttribute(string derivative) : Attribute
{
    /// <summary>The derivative's name.</summary>
    public string Derivative { get; } = derivative;

    /// <summary>The parameter it is the derivative by, where the function has several.</summary>
    public string By { get; set; } = "";
}
