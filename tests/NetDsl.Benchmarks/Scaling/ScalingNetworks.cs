namespace NetDsl.Benchmarks.Scaling;

/// <summary>Networks that differ in one thing. A layer of all of them is a convolution of 32 channels by 32 with a ReLU.</summary>
static class ScalingBlocks
{
    public static Layer Layers(int depth) => x =>
    {
        for (var i = 0; i < depth; i++)
        {
            x |= Conv(32, kernel: 3, padding: 1) >> ReLU;
        }

        return x;
    };

    public static Tensor Loss(Tensor y) => BatchMean(SampleSum(y));
}

[Network]
public partial class Depth2
{
    static Tensor Forward([Shape(Batch, 32, 16, 16)] Tensor x) => x | ScalingBlocks.Layers(2);

    static Tensor Loss(Tensor y) => ScalingBlocks.Loss(y);
}

[Network]
public partial class Depth4
{
    static Tensor Forward([Shape(Batch, 32, 16, 16)] Tensor x) => x | ScalingBlocks.Layers(4);

    static Tensor Loss(Tensor y) => ScalingBlocks.Loss(y);
}

[Network]
public partial class Depth8
{
    static Tensor Forward([Shape(Batch, 32, 16, 16)] Tensor x) => x | ScalingBlocks.Layers(8);

    static Tensor Loss(Tensor y) => ScalingBlocks.Loss(y);
}

[Network]
public partial class Depth16
{
    static Tensor Forward([Shape(Batch, 32, 16, 16)] Tensor x) => x | ScalingBlocks.Layers(16);

    static Tensor Loss(Tensor y) => ScalingBlocks.Loss(y);
}

[Network]
public partial class Depth32
{
    static Tensor Forward([Shape(Batch, 32, 16, 16)] Tensor x) => x | ScalingBlocks.Layers(32);

    static Tensor Loss(Tensor y) => ScalingBlocks.Loss(y);
}

[Network]
public partial class Size8
{
    static Tensor Forward([Shape(Batch, 32, 8, 8)] Tensor x) => x | ScalingBlocks.Layers(4);

    static Tensor Loss(Tensor y) => ScalingBlocks.Loss(y);
}

[Network]
public partial class Size16
{
    static Tensor Forward([Shape(Batch, 32, 16, 16)] Tensor x) => x | ScalingBlocks.Layers(4);

    static Tensor Loss(Tensor y) => ScalingBlocks.Loss(y);
}

[Network]
public partial class Size32
{
    static Tensor Forward([Shape(Batch, 32, 32, 32)] Tensor x) => x | ScalingBlocks.Layers(4);

    static Tensor Loss(Tensor y) => ScalingBlocks.Loss(y);
}

[Network]
public partial class Size64
{
    static Tensor Forward([Shape(Batch, 32, 64, 64)] Tensor x) => x | ScalingBlocks.Layers(4);

    static Tensor Loss(Tensor y) => ScalingBlocks.Loss(y);
}

[Network]
public partial class Size128
{
    static Tensor Forward([Shape(Batch, 32, 128, 128)] Tensor x) => x | ScalingBlocks.Layers(4);

    static Tensor Loss(Tensor y) => ScalingBlocks.Loss(y);
}
