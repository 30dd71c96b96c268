namespace NetDsl.Kernels;

/// <summary>How the gradient by the weight is cut, so that an item's sums and transformed tiles fit the caches.</summary>
readonly struct FftWeightPass
{
    /// <summary>Floats of an item's sums.</summary>
    const int SumBudget = 2 << 20;

    /// <summary>Fewer items than this leave threads idle.</summary>
    const int FewItems = 8;

    public FftWeightPass(in ConvolutionShape shape)
    {
        Forward = FftPass.Forward(shape);
        Tiles = Forward.Points switch { 16 => 32, 32 => 16, _ => 8 };
        var most = Math.Max(1, SumBudget / (Forward.Places * ChannelBlocks.Lanes * PlaceProducts.PairLanes));
        BlocksAtOnce = Math.Clamp(Forward.InputBlocks / 2, 1, Math.Min(most, 4));
        PairsAtOnce = Math.Clamp(most / BlocksAtOnce, 1, Math.Min(Forward.Pairs, 4));
        while (PairsAtOnce > 1 && Items < FewItems)
        {
            PairsAtOnce /= 2;
        }
    }

    /// <summary>The tiles are those of the forward pass.</summary>
    public TransformedPass Forward { get; }

    /// <summary>Tiles that are transformed before they are multiplied: the fewer, the more places they have.</summary>
    public int Tiles { get; }

    /// <summary>Blocks of channels of an item: enough to pay for the transforms of dy, few enough to share.</summary>
    public int BlocksAtOnce { get; }

    /// <summary>Pairs of blocks of filters of an item: the more, the fewer transforms of x, as long as there are items enough to share.</summary>
    public int PairsAtOnce { get; }

    public int PairChunks => (Forward.Pairs + PairsAtOnce - 1) / PairsAtOnce;

    public int ItemsOfGroup => (Forward.InputBlocks + BlocksAtOnce - 1) / BlocksAtOnce * PairChunks;

    public int Items => Forward.Groups * ItemsOfGroup;

    /// <summary>Floats from one place of the transformed x to the next: [tile][channel].</summary>
    public int InputPlane => BlocksAtOnce * ChannelBlocks.Lanes * Tiles + ChannelBlocks.Lanes;

    /// <summary>Floats from one place of the transformed dy to the next: [tile][filter of a pair].</summary>
    public int GradientPlane => PlaceProducts.PairLanes * Tiles + ChannelBlocks.Lanes;

    /// <summary>Floats from one place of the sums of a pair to the next: [channel][filter of the pair].</summary>
    public int SumPlane => BlocksAtOnce * ChannelBlocks.Lanes * PlaceProducts.PairLanes + ChannelBlocks.Lanes;

    public PlaceOuterProducts Products => new(Forward.Places, InputPlane, GradientPlane, SumPlane);

    /// <summary>Floats of scratch.</summary>
    public long Scratch => (long)Forward.Places * (InputPlane + GradientPlane + PairsAtOnce * SumPlane) + FftTile.Scratch(Forward.Points);
}
