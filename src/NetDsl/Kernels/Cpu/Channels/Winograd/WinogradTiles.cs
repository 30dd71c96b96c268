using System.Runtime.CompilerServices;

namespace NetDsl.Kernels;

/// <summary>The transforms of Winograd's algorithm, for tiles of so many results on a side.</summary>
unsafe struct WinogradTiles<TTile> : ITileTransform
    where TTile : struct, ITileCount
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input<T>(in TransformedPass pass, float* source, int row, int column, float* columns, float* target)
        where T : struct, IMemoryLanes<T> => WinogradTile.Input<T>(source, pass.Height, pass.Width, row, column, target, pass.InputPlane);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output<T, TEpilogue>(in TransformedPass pass, float* products, int rows, int width, float* columns, float* biases, nint target, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        for (var lane = 0; lane < ChannelBlocks.Lanes; lane += T.Count)
        {
            WinogradTile.Output<T, TTile>(products + lane, pass.ProductPlane, columns);
            var bias = T.Load(biases + lane);
            for (var r = 0; r < rows; r++)
            {
                for (var c = 0; c < width; c++)
                {
                    epilogue.Store(target + ((nint)r * pass.OutputWidth + c) * ChannelBlocks.Lanes + lane, T.Load(columns + (r * TTile.Value + c) * T.Count) + bias);
                }
            }
        }
    }
}
