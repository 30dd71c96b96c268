namespace NetDsl.Kernels;

/// <summary>Fourier transforms of tiles that overlap by the kernel: of what comes back, those results are taken that no wrapped element has a part in.</summary>
unsafe struct FftTransform : ITileTransform
{
    public static void Input<T>(in TransformedPass pass, float* source, int row, int column, float* columns, float* target)
        where T : struct, IMemoryLanes<T> =>
        FftTile.Input<T>(pass.Points, FftWindow.Of(source, pass.Height, pass.Width, row, column, pass.Points, pass.Points), columns, target, pass.InputPlane);

    public static void Output<T, TEpilogue>(in TransformedPass pass, float* products, int rows, int width, float* columns, float* biases, nint target, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T> =>
        FftTile.Output<T, FftResults<T, TEpilogue>>(
            pass.Points, products, pass.ProductPlane, rows, width, columns, new FftResults<T, TEpilogue>(target, (nint)pass.OutputWidth * ChannelBlocks.Lanes, biases, epilogue));
}
