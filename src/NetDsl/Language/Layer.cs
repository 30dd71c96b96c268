namespace NetDsl;

/// <summary>
/// A layer: a function from tensor to tensor. A layer value owns its weights: use the value twice and the uses share them; call
/// the function that made it again and the new layer has weights of its own.
/// </summary>
/// <param name="x">The input.</param>
public delegate Tensor Layer(Tensor x);

/// <summary>Composition of layers.</summary>
public static class LayerComposition
{
    extension(Layer)
    {
        /// <summary><c>f >> g</c> applies <paramref name="f"/>, then <paramref name="g"/>: F#'s composition.</summary>
        public static Layer operator >>(Layer f, Layer g) => throw new NotExecutableException();
    }
}
