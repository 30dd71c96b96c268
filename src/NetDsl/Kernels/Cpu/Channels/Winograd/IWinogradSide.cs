namespace NetDsl.Kernels;

/// <summary>Elements on a side of a kernel or a tile as a constant of the type, so that the compiler makes transforms without loops over them.</summary>
interface IWinogradSide
{
    /// <summary>The side; those of a kernel and its tile are 7 together.</summary>
    static abstract int Length { get; }
}

/// <summary>The tile of a 5×5 kernel.</summary>
readonly struct Side2 : IWinogradSide
{
    public static int Length => 2;
}

/// <summary>A 3×3 kernel.</summary>
readonly struct Side3 : IWinogradSide
{
    public static int Length => 3;
}

/// <summary>The tile of a 3×3 kernel.</summary>
readonly struct Side4 : IWinogradSide
{
    public static int Length => 4;
}

/// <summary>A 5×5 kernel.</summary>
readonly struct Side5 : IWinogradSide
{
    public static int Length => 5;
}
