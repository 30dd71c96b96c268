using System.Reflection;
using NetDsl.Runtime;

namespace NetDsl.Generators.Tests.Operators;

/// <summary>
/// Every operator, through the whole road: values and gradients of the emitted kernels, for every width of vector and as SIMT code, against a double-precision
/// reference that differentiates by differences.
/// </summary>
public class OperatorTests
{
    static readonly SimtDevice Simt = SimtDevice.ForTests();

    static readonly Dictionary<string, string> Sources = OperatorCases.Stages.Concat(OperatorCases.Normalizations)
        .Select(static c => ($"{c.Stage} on [N, {c.Shape}]", OperatorCases.Around(c.Shape, c.Stage)))
        .Concat(OperatorCases.Losses.Select(static c => ($"{c.Loss} on [N, {c.Shape}]", OperatorCases.Under(c.Shape, c.Extra, c.Loss))))
        .ToDictionary(static c => c.Item1, static c => c.Item2);

    public static TheoryData<string> Cases() => [.. Sources.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_and_gradients_agree_with_the_reference(string name)
    {
        var compiled = CompiledNetwork.Of(Sources[name], channels: true);

        // Seventeen samples: a full block and a lane of the next.
        Check(new(compiled, batch: 17, most: 24), VectorWidth.Widest, threads: 2);
        Check(new(compiled, batch: 1, most: 24), VectorWidth.Widest, threads: 1);
        var three = new OperatorCase(compiled, batch: 3, most: 128);
        foreach (var width in new[] { VectorWidth.Scalar, VectorWidth.Bits128, VectorWidth.Bits256 })
        {
            Check(three, width, threads: 1);
        }

        if (compiled.Graph.Nodes.Any(static n => n.Operator.IsRoutine))
        {
            // Skipped: a routine has no form for a GPU. What a user reads is the same on every SIMT device.
            var refused = Assert.Throws<TargetInvocationException>(() => compiled.On(Simt, 3)).InnerException;
            Assert.Matches(@"^Net runs on the CPU only, not on .*: layer '.+' \(.+\) is a routine that has no form for a GPU; make it on Device\.Cpu\(\)\.$", Assert.IsType<NotSupportedException>(refused).Message);
            return;
        }

        Check(three, Simt, "SIMT");
        var channels = new OperatorCase(compiled.InChannels, batch: 3, most: 64);
        Check(channels, VectorWidth.Widest, threads: 2);
        foreach (var width in new[] { VectorWidth.Scalar, VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512 })
        {
            Check(channels, width, threads: 1);
        }
    }

    /// <summary>Sizes for which channel blocks have algorithms of their own; the reference takes its time for them, so these run in channel blocks only.</summary>
    [Theory]
    [InlineData("16, 4, 5", "Conv(17, kernel: 3, padding: 1)", "Winograd")]
    [InlineData("16, 6, 7", "Conv(17, kernel: 7, padding: 3)", "Fourier")]
    [InlineData("16, 6, 7", "ConvTranspose(16, kernel: 7, padding: 3)", "Fourier")]
    [InlineData("80, 2, 3", "Conv(1024, kernel: 7, padding: 3)", "columns")]
    [InlineData("80, 4, 5", "Conv(1024, kernel: 7, stride: 2, padding: 4)", "columns")]
    public void Algorithms_of_channel_blocks_agree_with_the_reference(string shape, string stage, string algorithm)
    {
        var compiled = CompiledNetwork.Of(OperatorCases.Around(shape, stage), channels: true);
        var channels = new OperatorCase(compiled.InChannels, batch: 2, most: 5);
        using (var device = Device.Cpu(threads: 1))
        using (var network = compiled.InChannels.On(device, 1))
        {
            // All three passes: forward, by the input, by the weight.
            Assert.Equal(3, network.Definition.Train!.Kernels.Count(kernel => kernel.Description.Contains(algorithm, StringComparison.Ordinal)));
        }

        Check(channels, VectorWidth.Widest, threads: 2);
        foreach (var width in new[] { VectorWidth.Scalar, VectorWidth.Bits512 })
        {
            Check(channels, width, threads: 1);
        }
    }

    [Fact]
    public void Every_operator_of_the_library_is_checked()
    {
        var declared = typeof(Layers).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(static m => m.IsDefined(typeof(OperatorAttribute)) || m.IsDefined(typeof(ElementwiseAttribute)))
            .Select(static m => m.Name)
            .Distinct();
        // Have no gradients: what they compute is compared in MetricTests.
        var elsewhere = new[]
        {
            "IsAmongBest", "ConfusionCell", "HitCell", "Histogram", "ShareOf", "PixelAccuracyOf", "MeanAccuracyOf", "MeanIoUOf", "FrequencyWeightedIoUOf", "AccuracyPerClassOf",
        };
        var @checked = OperatorCases.Stages.Select(static c => c.Operator).Concat(OperatorCases.Losses.Select(static c => c.Operator))
            .Concat(OperatorCases.Normalizations.SelectMany(static c => c.Operator.Split(' '))).Concat(elsewhere);
        Assert.Empty(declared.Except(@checked));
    }

    static void Check(OperatorCase test, VectorWidth width, int threads)
    {
        using var device = new CpuDevice(threads, width) { SmallStep = 0 };
        Check(test, device, $"{width} vectors, {threads} threads");
    }

    /// <summary>A network on a device gives the loss and the gradients of the reference.</summary>
    internal static void Check(OperatorCase test, Device device, string where)
    {
        using var network = test.Network.On(device, test.Batch);
        test.Fill(network);
        var loss = network.StepGradients();
        Close(test.Loss, loss, 1, $"loss, {where}");
        foreach (var parameter in network.Parameters)
        {
            var gradient = parameter.Gradient.ToArray();
            var expected = test.Gradient(parameter.Name);
            var scale = expected.Values.Max(Math.Abs);
            foreach (var (i, slope) in expected)
            {
                // What is frozen has no gradient.
                Close(parameter.Definition.Frozen ? 0 : slope, gradient[i], scale, $"gradient by {parameter.Name}[{i}], {where}");
            }
        }
    }

    static void Close(double expected, double actual, double scale, string what) =>
        Assert.True(
            Math.Abs(expected - actual) <= 2e-5 * Math.Max(Math.Max(Math.Abs(expected), scale), 1),
            $"{what}: {actual}, but the reference gives {expected}");
}
