namespace NetDsl;

public static partial class Layers
{
    /// <summary>
    /// One-dimensional convolution of [N, C, L] to [N, filters, LO], with LO = (L + 2 padding − dilation (kernel − 1) − 1) / stride + 1, rounded down: a
    /// <see cref="Conv(int, int, int, int, int, int, bool, string?)"/> of images with one row, with its speed. The weight is [filters, C / group, 1, kernel].
    /// </summary>
    /// <param name="filters">Output channels.</param>
    /// <param name="kernel">Length of the kernel, in elements.</param>
    /// <param name="stride">Step between neighbouring outputs, in elements.</param>
    /// <param name="padding">Zeros before and behind the input, in elements.</param>
    /// <param name="dilation">Distance between neighbouring taps of the kernel, in elements.</param>
    /// <param name="group">Splits channels and filters into this many independent convolutions.</param>
    /// <param name="bias">Adds a trained constant to each output channel.</param>
    /// <param name="name">The layer's name.</param>
    [Block]
    public static Layer Conv1D(int filters, int kernel, int stride = 1, int padding = 0, int dilation = 1, int group = 1, bool bias = true, string? name = null)
    {
        RequireWindow(kernel, stride, "kernel");
        RequireNotNegative(padding, nameof(padding), "the padding");
        RequirePositive(dilation, nameof(dilation), "the dilation");
        var rows = Conv(filters, (1, kernel), (1, stride), (0, padding), (1, dilation), group, bias, name);
        return x =>
        {
            RequireLength(x, dilation * (kernel - 1) + 1 - 2 * padding, kernel, "kernel");
            return OnOneRow(x, rows);
        };
    }

    /// <summary>Transposed convolution of [N, C, L]: <see cref="ConvTranspose(int, int, int, int, int, int, bool, string?)"/> of images with one row.</summary>
    /// <param name="filters">Output channels.</param>
    /// <param name="kernel">Length of the kernel, in elements.</param>
    /// <param name="stride">Step between the outputs of neighbouring inputs, in elements.</param>
    /// <param name="padding">What is cut off the result at both ends, in elements.</param>
    /// <param name="dilation">Distance between neighbouring taps of the kernel, in elements.</param>
    /// <param name="group">Splits channels and filters into this many independent transposed convolutions.</param>
    /// <param name="bias">Adds a trained constant to each output channel.</param>
    /// <param name="name">The layer's name.</param>
    [Block]
    public static Layer ConvTranspose1D(int filters, int kernel, int stride = 1, int padding = 0, int dilation = 1, int group = 1, bool bias = true, string? name = null)
    {
        RequireWindow(kernel, stride, "kernel");
        RequireNotNegative(padding, nameof(padding), "the padding");
        RequirePositive(dilation, nameof(dilation), "the dilation");
        var rows = ConvTranspose(filters, (1, kernel), (1, stride), (0, padding), (1, dilation), group, bias, name);
        return x =>
        {
            RequireAxes(x, 3, "[N, C, L]");
            if (stride * (x.Shape[2] - 1) + dilation * (kernel - 1) + 1 <= 2 * padding)
            {
                throw new ArgumentException($"the padding {padding} cuts off the whole result; use a smaller one", nameof(padding));
            }

            return OnOneRow(x, rows);
        };
    }

    /// <summary>The maximum over windows of [N, C, L]: <see cref="MaxPool(int, int?, int, Rounding)"/> of images with one row.</summary>
    /// <param name="kernel">Length of the window, in elements.</param>
    /// <param name="stride">Step between windows; the kernel's length unless given.</param>
    /// <param name="padding">Border before and behind the input, in elements.</param>
    /// <param name="rounding">How windows that reach over the border count.</param>
    [Block]
    public static Layer MaxPool1D(int kernel, int? stride = null, int padding = 0, Rounding rounding = Rounding.Ceiling)
    {
        RequirePooling(kernel, stride ?? kernel, padding);
        return x =>
        {
            RequireLength(x, kernel - 2 * padding, kernel, "window");
            return OnOneRow(x, MaxPool((1, kernel), (1, stride ?? kernel), (0, padding), rounding));
        };
    }

    /// <summary>The average over windows of [N, C, L]: <see cref="AvgPool(int, int?, int, Rounding)"/> of images with one row.</summary>
    /// <param name="kernel">Length of the window, in elements.</param>
    /// <param name="stride">Step between windows; the kernel's length unless given.</param>
    /// <param name="padding">Zeros before and behind the input, in elements.</param>
    /// <param name="rounding">How windows that reach over the border count.</param>
    [Block]
    public static Layer AvgPool1D(int kernel, int? stride = null, int padding = 0, Rounding rounding = Rounding.Ceiling)
    {
        RequirePooling(kernel, stride ?? kernel, padding);
        return x =>
        {
            RequireLength(x, kernel - 2 * padding, kernel, "window");
            return OnOneRow(x, AvgPool((1, kernel), (1, stride ?? kernel), (0, padding), rounding));
        };
    }

    /// <summary>Applies a layer of images to [N, C, L] as [N, C, 1, L].</summary>
    /// <param name="x">The signal.</param>
    /// <param name="layer">A layer that keeps the one row.</param>
    [Block]
    public static Tensor OnOneRow(Tensor x, Layer layer)
    {
        RequireAxes(x, 3, "[N, C, L]");
        var y = layer(Reshape(x, [x.Shape[1], 1, x.Shape[2]]));
        return Reshape(y, [y.Shape[1], y.Shape[3]]);
    }
}
