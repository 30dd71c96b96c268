namespace NetDsl.Kernels;

/// <summary>How the input of a convolution lies in memory. No truth value: a GPU's kernels, which take the sizes too, cannot be given one.</summary>
public enum InputOrder
{
    /// <summary>In channel blocks: [ceil(C / 16)][H][W][16].</summary>
    Blocks,

    /// <summary>Row-major: [C][H][W].</summary>
    Rows,
}

/// <summary>
/// The sizes of a two-dimensional convolution: x [Channels, Height, Width], weight [Filters, Channels / Group, KernelHeight, KernelWidth],
/// y [Filters, OutputHeight, OutputWidth]. A transposed convolution is described by the convolution whose gradient it is. Of few channels, x may lie in rows and not in channel
/// blocks, which would be mostly empty: <paramref name="Input"/>.
/// </summary>
public readonly record struct ConvolutionShape(
    int Channels,
    int Height,
    int Width,
    int Filters,
    int OutputHeight,
    int OutputWidth,
    int KernelHeight,
    int KernelWidth,
    int StrideHeight,
    int StrideWidth,
    int PaddingHeight,
    int PaddingWidth,
    int DilationHeight,
    int DilationWidth,
    int Group,
    InputOrder Input = InputOrder.Blocks)
{
    /// <summary>A dense layer as the convolution that it is: of one pixel, with a kernel of one element.</summary>
    public static ConvolutionShape Dense(int units, int inputs) => new(inputs, 1, 1, units, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1);

    /// <summary>Elements of the kernel's window.</summary>
    internal int Taps => KernelHeight * KernelWidth;

    /// <summary>Floats of one channel block of x.</summary>
    internal int InputBlockSize => Height * Width * ChannelBlocks.Lanes;

    /// <summary>Floats of one channel block of y.</summary>
    internal int OutputBlockSize => OutputHeight * OutputWidth * ChannelBlocks.Lanes;

    /// <summary>Every channel has one filter of its own.</summary>
    internal bool IsDepthwise => Group > 1 && Group == Channels && Group == Filters;

    /// <summary>
    /// The groups that the tiles work on: as many of the declared ones joined as make whole channel blocks on both sides (the weights between joined
    /// groups are zeros), and a single one where no number does.
    /// </summary>
    internal int TileGroups
    {
        get
        {
            for (var joined = 1; joined < Group; joined++)
            {
                if (Group % joined == 0
                    && joined * (Channels / Group) % ChannelBlocks.Lanes == 0
                    && joined * (Filters / Group) % ChannelBlocks.Lanes == 0)
                {
                    return Group / joined;
                }
            }

            return 1;
        }
    }
}
