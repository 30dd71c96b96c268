using CsCheck;
using NetDsl.Runtime;

namespace NetDsl.Generators.Tests.Operators;

/// <summary>Operators on shapes and with arguments that nobody chose: values and gradients agree with the reference, in both layouts.</summary>
public class RandomShapeTests
{
    const int Networks = 6;

    [Fact]
    public void Values_and_gradients_agree_with_the_reference() => Gen.Int[1, 1_000_000].Sample(
        static seed =>
        {
            var source = RandomShapes.Network(seed);
            var compiled = CompiledNetwork.Of(source, channels: true);
            Check(new(compiled, batch: 3, most: 3), VectorWidth.Widest, source);
            Check(new(compiled, batch: 1, most: 2), VectorWidth.Scalar, source);
            var channels = new OperatorCase(compiled.InChannels, batch: 3, most: 2);
            Check(channels, VectorWidth.Widest, source);
            Check(channels, VectorWidth.Scalar, source);
        },
        iter: Networks, threads: 1);

    static void Check(OperatorCase test, VectorWidth width, string source)
    {
        using var device = new CpuDevice(threads: 2, width) { SmallStep = 0 };
        OperatorTests.Check(test, device, $"{width} vectors of\n{source}");
    }
}
