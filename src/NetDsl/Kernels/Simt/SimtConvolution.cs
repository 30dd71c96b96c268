using NetDsl.Runtime;

namespace NetDsl.Kernels;

/// <summary>A two-dimensional convolution on a GPU and its gradients, as products whose factors are read where they lie: no patches are stored.</summary>
public static class SimtConvolution
{
    /// <summary>y[k, ho, wo] = Σ weight[k, c, kh, kw] x[c, …]: filters by pixels, over channels and taps.</summary>
    public static void Forward<TResults>(SimtStep step, ConvolutionShape shape, int samples, SimtTensor x, SimtTensor weight, TResults results)
        where TResults : struct, ISimtResults
    {
        var (filters, channels) = (shape.Filters / shape.Group, shape.Channels / shape.Group);
        var sizes = new SimtProductSizes(
            filters, samples * shape.OutputHeight * shape.OutputWidth, channels * shape.KernelHeight * shape.KernelWidth,
            new(shape.OutputHeight, shape.OutputWidth), new(shape.KernelHeight, shape.KernelWidth));
        var group = SimtProduct.GroupOf(step, sizes.Rows, sizes.Columns);
        SimtProduct.Run(step, sizes, group, new Filters(weight, group * filters, sizes), new Patches(shape, x, group * channels, group * filters), results);
    }

    /// <summary>dx[c, h, w] = Σ weight[k, c, kh, kw] dy[k, …]: channels by pixels, over filters and taps.</summary>
    public static void InputGradient<TResults>(SimtStep step, ConvolutionShape shape, int samples, SimtTensor dy, SimtTensor weight, TResults results)
        where TResults : struct, ISimtResults
    {
        var (filters, channels) = (shape.Filters / shape.Group, shape.Channels / shape.Group);
        var sizes = new SimtProductSizes(
            channels, samples * shape.Height * shape.Width, filters * shape.KernelHeight * shape.KernelWidth,
            new(shape.Height, shape.Width), new(shape.KernelHeight, shape.KernelWidth));
        var group = SimtProduct.GroupOf(step, sizes.Rows, sizes.Columns);
        SimtProduct.Run(
            step, sizes, group, new ChannelsOfFilters(weight, group * filters, channels, sizes.DepthAxes), new ReachingOutputs(shape, dy, group * filters, group * channels), results);
    }

    /// <summary>dweight[k, c, kh, kw] = Σ dy[k, ho, wo] x[c, …]: filters by channels and taps, over the pixels of all samples.</summary>
    public static void WeightGradient<TResults>(SimtStep step, ConvolutionShape shape, int samples, SimtTensor dy, SimtTensor x, TResults results)
        where TResults : struct, ISimtResults
    {
        var (filters, channels) = (shape.Filters / shape.Group, shape.Channels / shape.Group);
        var sizes = new SimtProductSizes(
            filters, channels * shape.KernelHeight * shape.KernelWidth, samples * shape.OutputHeight * shape.OutputWidth,
            new(shape.KernelHeight, shape.KernelWidth), new(shape.OutputHeight, shape.OutputWidth));
        var group = SimtProduct.GroupOf(step, sizes.Rows, sizes.Columns);
        SimtProduct.Run(
            step, sizes, group, new OutputGradients(dy, group * filters, sizes.DepthAxes), new PatchesOfPixels(new(shape, x, group * channels, 0), sizes, group * filters), results);
    }

    /// <summary>dbias[k] = Σ dy[k, ho, wo] over the pixels of all samples: the same with a single column of ones.</summary>
    public static void BiasGradient<TResults>(SimtStep step, int samples, int filters, int height, int width, SimtTensor dy, TResults results)
        where TResults : struct, ISimtResults
    {
        var sizes = new SimtProductSizes(filters, 1, samples * height * width, new(1, 1), new(height, width));
        SimtProduct.Run(step, sizes, 0, new OutputGradients(dy, 0, sizes.DepthAxes), default(Ones), results);
    }
}
