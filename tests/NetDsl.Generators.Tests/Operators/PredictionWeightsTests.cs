using NetDsl.Runtime;

namespace NetDsl.Generators.Tests.Operators;

/// <summary>Predictions with the weights of large dense layers in 16 bits.</summary>
public class PredictionWeightsTests
{
    const string Source = """
        [Network(PredictionWeights = Precision.BFloat16)]
        public partial class Net
        {
            static Tensor Forward([Shape(Batch, 1030)] Tensor x) => x | Dense(1024, name: "large") | GlobalBatchNorm(name: "norm") | ReLU | Dense(10, name: "small");

            static Tensor Loss(Tensor y) => 0.5f * BatchSum(SampleSum(y * y));
        }
        """;

    static readonly CompiledNetwork Halved = CompiledNetwork.Of(Source);
    static readonly CompiledNetwork Whole = CompiledNetwork.Of(Source.Replace("(PredictionWeights = Precision.BFloat16)", "", StringComparison.Ordinal), reference: false);

    [Theory]
    [InlineData(1), InlineData(3), InlineData(17)]
    public void Only_the_large_layer_of_a_prediction_is_rounded_after_what_is_folded_into_it(int batch)
    {
        using var device = new CpuDevice(2, VectorWidth.Widest) { SmallStep = 0 };
        using var network = Halved.On(device, batch);
        using var exact = Whole.On(device, batch);
        var test = new OperatorCase(Halved, batch);
        test.Fill(network);
        test.Fill(exact);
        var predicted = network.RunPrediction().ToArray();
        var plain = exact.RunPrediction().ToArray();
        Assert.NotEqual(plain, predicted);

        var weight = exact.Parameters["large.weight"].Data;
        var variance = exact.Parameters["norm.variance"].Data;
        var factor = exact.Parameters["norm.factor"].Data[0];

        // Weights that are what the halves of the folded ones amount to.
        for (var i = 0; i < weight.Length; i++)
        {
            var slope = 1 / MathF.Sqrt((variance[i / 1030] / factor) + 1e-5f);
            weight[i] = Rounded(weight[i] * slope) / slope;
        }

        Close(exact.RunPrediction(), predicted, 1e-4);
        Close(plain, predicted, 1.0 / 256);
    }

    [Fact]
    public void Training_knows_the_weights_as_they_are()
    {
        using var device = new CpuDevice(1, VectorWidth.Widest);
        using var network = Halved.On(device, 2);
        using var exact = Whole.On(device, 2);
        var test = new OperatorCase(Halved, 2);
        test.Fill(network);
        test.Fill(exact);
        Assert.Equal(exact.StepGradients(), network.StepGradients());
        Assert.Equal(exact.Parameters["large.weight"].Gradient.ToArray(), network.Parameters["large.weight"].Gradient.ToArray());
    }

    static float Rounded(float value) => BitConverter.UInt32BitsToSingle((BitConverter.SingleToUInt32Bits(value) + 0x7FFF + ((BitConverter.SingleToUInt32Bits(value) >> 16) & 1)) & 0xFFFF0000);

    static void Close(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double bound)
    {
        var scale = 0f;
        foreach (var value in expected)
        {
            scale = Math.Max(scale, Math.Abs(value));
        }

        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= bound * scale, $"element {i} is {actual[i]} instead of {expected[i]}, the largest is {scale}");
        }
    }
}
