namespace NetDsl.Kernels;

/// <summary>A number that the JIT knows while it compiles a register tile or a transform: what lies beyond it is no code at all.</summary>
interface ITileCount
{
    static abstract int Value { get; }
}

readonly struct One : ITileCount
{
    public static int Value => 1;
}

readonly struct Two : ITileCount
{
    public static int Value => 2;
}

readonly struct Three : ITileCount
{
    public static int Value => 3;
}

readonly struct Four : ITileCount
{
    public static int Value => 4;
}

readonly struct Five : ITileCount
{
    public static int Value => 5;
}

readonly struct Six : ITileCount
{
    public static int Value => 6;
}

readonly struct Sixteen : ITileCount
{
    public static int Value => 16;
}

readonly struct ThirtyTwo : ITileCount
{
    public static int Value => 32;
}

readonly struct SixtyFour : ITileCount
{
    public static int Value => 64;
}
