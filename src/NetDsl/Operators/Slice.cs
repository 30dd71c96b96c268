namespace NetDsl;

public static partial class Layers
{
    /// <summary>Elements <paramref name="start"/> … <paramref name="start"/> + <paramref name="length"/> − 1 of an axis.</summary>
    /// <param name="x">The input.</param>
    /// <param name="start">The first element.</param>
    /// <param name="length">How many.</param>
    /// <param name="axis">The axis, counted with the batch as axis 0.</param>
    [Operator("[N, …] -> [N, …]", Movement = Movement.Slice)]
    public static Tensor Slice(Tensor x, int start, int length, int axis = 1) => throw new NotExecutableException();

    /// <summary>Cuts an axis into equal parts.</summary>
    /// <param name="x">The input.</param>
    /// <param name="parts">How many parts; must divide the size of the axis.</param>
    /// <param name="axis">The axis, counted with the batch as axis 0.</param>
    [Block]
    public static Tensor[] Split(Tensor x, int parts, int axis = 1)
    {
        RequireAxis(x, axis);
        if (parts < 1 || x.Shape[axis] % parts != 0)
        {
            throw new ArgumentException($"parts is {parts}, which does not divide the {x.Shape[axis]} elements of axis {axis}", nameof(parts));
        }

        var length = x.Shape[axis] / parts;
        var result = new Tensor[parts];
        for (var part = 0; part < parts; part++)
        {
            result[part] = Slice(x, part * length, length, axis);
        }

        return result;
    }

    /// <summary>Cuts an axis into its elements and drops it: the time steps of a sequence.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis, counted with the batch as axis 0.</param>
    [Block]
    public static Tensor[] Unstack(Tensor x, int axis = 1)
    {
        RequireAxis(x, axis);
        var sizes = new int[x.Shape.Count - 2];
        for (var i = 1; i < x.Shape.Count; i++)
        {
            if (i != axis)
            {
                sizes[i < axis ? i - 1 : i - 2] = x.Shape[i];
            }
        }

        var result = new Tensor[x.Shape[axis]];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = Reshape(Slice(x, i, 1, axis), sizes);
        }

        return result;
    }
}
