namespace NetDsl;

public static partial class Layers
{
    /// <summary>Fails while compiling where a tensor has no such axis behind the batch.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis, counted with the batch as axis 0.</param>
    [Block]
    public static void RequireAxis(Tensor x, int axis)
    {
        if (axis < 1 || axis >= x.Shape.Count)
        {
            throw new ArgumentException($"axis {axis} is not one of the axes 1 … {x.Shape.Count - 1}", nameof(axis));
        }
    }

    /// <summary>Fails while compiling where a number is less than 1.</summary>
    /// <param name="value">The number.</param>
    /// <param name="parameter">The parameter of the user's call that holds it.</param>
    /// <param name="what">What to call it.</param>
    [Block]
    public static void RequirePositive(int value, string parameter, string what)
    {
        if (value < 1)
        {
            throw new ArgumentException($"{what} is {value}; it must be at least 1", parameter);
        }
    }

    /// <summary>Fails while compiling where a number is less than 0.</summary>
    /// <param name="value">The number.</param>
    /// <param name="parameter">The parameter of the user's call that holds it.</param>
    /// <param name="what">What to call it.</param>
    [Block]
    public static void RequireNotNegative(int value, string parameter, string what)
    {
        if (value < 0)
        {
            throw new ArgumentException($"{what} is {value}; it cannot be negative", parameter);
        }
    }

    /// <summary>Fails while compiling where there are no tensors to take together.</summary>
    /// <param name="count">How many there are.</param>
    [Block]
    public static void RequireTensors(int count)
    {
        if (count == 0)
        {
            throw new ArgumentException("This takes at least one tensor");
        }
    }

    /// <summary>Fails while compiling where a tensor has another number of axes.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="count">The number of axes, with the batch.</param>
    /// <param name="shape">What to call them: <c>[N, C, L]</c>.</param>
    [Block]
    public static void RequireAxes(Tensor x, int count, string shape)
    {
        if (x.Shape.Count != count)
        {
            throw new ArgumentException($"This takes {shape}, but its input has {x.Shape.Count} axes");
        }
    }
}
