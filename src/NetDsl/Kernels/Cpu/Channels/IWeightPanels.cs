namespace NetDsl.Kernels;

/// <summary>How <see cref="PackedMatrixProduct"/> finds its weights in panels of 32 units.</summary>
unsafe interface IWeightPanels
{
    /// <summary>Floats of memory that a panel takes.</summary>
    static abstract nint Size(int inputs);

    /// <summary>The sums of one vector of inputs with one or two panels.</summary>
    static abstract void Vector<T>(float* x, int inputs, float* weights, int panels, float* biases, float* sums)
        where T : struct, IMemoryLanes<T>;

    /// <summary>The sums of some vectors.</summary>
    static abstract void Many<T>(float* x, nint stride, int count, int inputs, float* weights, int panels, float* biases, float* sums, nint* offsets)
        where T : struct, IMemoryLanes<T>;
}
