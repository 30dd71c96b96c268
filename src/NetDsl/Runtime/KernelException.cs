namespace NetDsl.Runtime;

/// <summary>A kernel threw: <see cref="Exception.InnerException"/> is what it threw. The parameters are as before the step.</summary>
/// <param name="network">The network.</param>
/// <param name="kernel">The kernel.</param>
/// <param name="layer">The layer that it computes.</param>
/// <param name="inner">What it threw.</param>
public sealed class KernelException(string network, string kernel, string layer, Exception inner)
    : Exception($"Kernel {kernel} of {network} (layer {layer}) threw {inner.GetType().Name}: {inner.Message}", inner)
{
    /// <summary>The kernel: <c>Conv1Gradient</c>.</summary>
    public string Kernel { get; } = kernel;

    /// <summary>The layer that it computes.</summary>
    public string Layer { get; } = layer;
}
