namespace NetDsl;

public static partial class Layers
{
    /// <summary>Puts tensors side by side along the channels (axis 1). All other sizes must agree.</summary>
    [Block]
    public static Tensor Concat(params ReadOnlySpan<Tensor> tensors) => Concat(tensors, 1);

    /// <summary>Puts tensors side by side along an axis. All other sizes must agree.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <param name="axis">The axis, counted with the batch as axis 0; the batch itself cannot be joined.</param>
    [Operator("[N, …], … -> [N, …]", Movement = Movement.Concat)]
    public static Tensor Concat(ReadOnlySpan<Tensor> tensors, int axis) => throw new NotExecutableException();
}
