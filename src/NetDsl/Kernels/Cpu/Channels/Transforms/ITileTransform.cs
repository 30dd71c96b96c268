namespace NetDsl.Kernels;

/// <summary>How tiles are brought to where channels are multiplied place by place, and back.</summary>
unsafe interface ITileTransform
{
    /// <summary>Transforms a tile of the input: a block of channels.</summary>
    /// <param name="pass">The sizes.</param>
    /// <param name="source">The block of the sample.</param>
    /// <param name="row">The first row, perhaps in the padding.</param>
    /// <param name="column">The first column.</param>
    /// <param name="columns">Scratch of the transform.</param>
    /// <param name="target">The first place; the others are <see cref="TransformedPass.InputPlane"/> apart.</param>
    static abstract void Input<T>(in TransformedPass pass, float* source, int row, int column, float* columns, float* target)
        where T : struct, IMemoryLanes<T>;

    /// <summary>Transforms the products of a tile back, adds the bias, and gives the results away.</summary>
    /// <param name="pass">The sizes.</param>
    /// <param name="products">The first place; the others are <see cref="TransformedPass.ProductPlane"/> apart.</param>
    /// <param name="rows">Rows of the result that the tile has.</param>
    /// <param name="width">Columns of it.</param>
    /// <param name="columns">Scratch of the transform.</param>
    /// <param name="biases">The bias of each channel.</param>
    /// <param name="target">Where the tile begins in the result.</param>
    /// <param name="epilogue">Takes the results.</param>
    static abstract void Output<T, TEpilogue>(in TransformedPass pass, float* products, int rows, int width, float* columns, float* biases, nint target, TEpilogue epilogue)
        where T : struct, IMemoryLanes<T>
        where TEpilogue : struct, IEpilogue<T>;
}
