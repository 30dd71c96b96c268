using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <summary>A two-dimensional convolution on a GPU and its gradients, as products whose factors are read where they lie: no patches are stored.</summary>
public static class SimtConvolution
{
    /// <summary>y[k, ho, wo] = Σ weight[k, c, kh, kw] x[c, …]: filters by pixels, over channels and taps.</summary>
    public static void Forward<TResults>(SimtStep step, SimtTensor x, SimtTensor weight, TResults results)
        where TResults : struct, ISimtResults
    {
        var shape = step.Shape;
        var (filters, channels) = (FirstOf(shape.Filters, step), FirstOf(shape.Channels, step));
        SimtProduct.Run(
            step, new Filters(weight, filters, step.Sizes), new Patches(shape, x, channels, filters), new SimtGrid(x.Memory, shape.Height, shape.Width, 1, 1), results);
    }

    /// <summary>dx[c, h, w] = Σ weight[k, c, kh, kw] dy[k, …]: channels by pixels, over filters and taps.</summary>
    public static void InputGradient<TResults>(SimtStep step, SimtTensor dy, SimtTensor weight, TResults results)
        where TResults : struct, ISimtResults
    {
        var shape = step.Shape;
        var (filters, channels) = (FirstOf(shape.Filters, step), FirstOf(shape.Channels, step));
        SimtProduct.Run(
            step,
            new ChannelsOfFilters(weight, filters, step.Sizes.Rows, step.Sizes.DepthAxes),
            new ReachingOutputs(shape, dy, filters, channels),
            new SimtGrid(dy.Memory, shape.OutputHeight, shape.OutputWidth, shape.StrideHeight, shape.StrideWidth),
            results);
    }

    /// <summary>dweight[k, c, kh, kw] = Σ dy[k, ho, wo] x[c, …]: filters by channels and taps, over the pixels of all samples.</summary>
    public static void WeightGradient<TResults>(SimtStep step, SimtTensor dy, SimtTensor x, TResults results)
        where TResults : struct, ISimtResults
    {
        var shape = step.Shape;
        var (filters, channels) = (FirstOf(shape.Filters, step), FirstOf(shape.Channels, step));
        SimtProduct.Run(
            step,
            new OutputGradients(dy, filters, step.Sizes.DepthAxes),
            new PatchesOfPixels(new(shape, x, channels, 0), step.Sizes, filters),
            new SimtGrid(x.Memory, shape.Height, shape.Width, 1, 1),
            results);
    }

    /// <summary>dbias[k] = Σ dy[k, ho, wo] over the pixels of all samples: the same with a single column of ones.</summary>
    public static void BiasGradient<TResults>(SimtStep step, SimtTensor dy, TResults results)
        where TResults : struct, ISimtResults =>
        SimtProduct.Run(step, new OutputGradients(dy, 0, step.Sizes.DepthAxes), default(Ones), new SimtGrid(step.One, 1, 1, 1, 1), results);

    /// <summary>The first filter or channel of the group that a thread works on.</summary>
    static int FirstOf(int all, SimtStep step) => SimtProduct.GroupOf(step.Sizes) * (all / step.Shape.Group);
}
