using NetDsl.Runtime;
using NetDsl.Solvers;

namespace NetDsl.Generators.Tests.Operators;

/// <summary>Predictions with normalisations and factors of channels folded into the layers before, against the unfolded formulas in double precision.</summary>
public class ChannelMapTests
{
    static readonly Dictionary<string, CompiledNetwork> Compiled = new Dictionary<string, string>
    {
        ["convolutions"] = Net("3, 7, 6", """
            x | Conv(18, kernel: 3, padding: 1) | GlobalBatchNorm() | Scale(bias: true) | ReLU
              | Conv(17, kernel: 3, padding: 1, bias: false) | GlobalBatchNorm() | Conv(6, kernel: 1, stride: 2) | Scale() | Bias()
            """),
        ["modules"] = Net("16, 5, 5", """
            Module(Module(Module(x)))
            """, "static Tensor Module(Tensor x) => x + (x | Conv(16, kernel: 3, padding: 1) | GlobalBatchNorm() | ReLU | Conv(16, kernel: 3, padding: 1) | GlobalBatchNorm() | Scale(bias: true));"),
        ["groups"] = Net("4, 5, 5", "x | Conv(6, kernel: 3, group: 2) | GlobalBatchNorm() | ConvTranspose(4, kernel: 3, stride: 2) | GlobalBatchNorm() | ConvTranspose(6, kernel: 2, group: 2) | GlobalBatchNorm()"),
        ["dense"] = Net("3, 4, 2", "x | Dense(19) | GlobalBatchNorm() | ReLU | Dense(1100) | Bias() | Tanh | Dense(1000, bias: false) | GlobalBatchNorm() | Scale(bias: true)"),
        ["readers"] = Net("3, 6, 6", "Twice(x | Conv(5, kernel: 3)) | MaxPool(2) | GlobalBatchNorm() | Scale(bias: true)", """
            static Tensor Twice(Tensor x) => x + (x | GlobalBatchNorm(name: "after")) | Conv(4, kernel: 1, name: "last") | GlobalBatchNorm();
            """),
        ["shared"] = Net("3, 5, 5", "Both(x)", """
            static Tensor Both(Tensor x)
            {
                var conv = Conv(3, kernel: 3, padding: 1);
                var norm = GlobalBatchNorm();
                return (x | conv | norm | ReLU | conv | Scale(bias: true)) + (x | conv) + (x | conv | norm);
            }
            """),
        ["reshaped"] = Net("2, 9", "x | Conv1D(5, kernel: 3) | GlobalBatchNorm() | Scale(bias: true)"),
    }.ToDictionary(static n => n.Key, static n => CompiledNetwork.Of(n.Value, channels: true));

    public static TheoryData<string> Names => [.. Compiled.Keys];

    static string Net(string shape, string forward, string more = "") => $$"""
        [Network]
        public partial class Net
        {
            static Tensor Forward([Shape(Batch, {{shape}})] Tensor x) => {{forward}};
            {{more}}
            static Tensor Loss(Tensor y) => 0.5f * BatchSum(SampleSum(y * y));
        }
        """;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_prediction_agrees_with_the_reference(string name)
    {
        foreach (var (channels, batch) in new[] { (false, 3), (false, 17), (true, 3) })
        {
            var network = channels ? Compiled[name].InChannels : Compiled[name];
            var test = new OperatorCase(network, batch);
            foreach (var width in new[] { VectorWidth.Scalar, VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512 })
            {
                using var device = new CpuDevice(width == VectorWidth.Bits256 ? 2 : 1, width) { SmallStep = 0 };
                Check(test, device, $"{width} vectors, channels: {channels}, batch {batch}");
            }
        }

        using var simt = SimtDevice.ForTests();
        Check(new(Compiled[name], 3), simt, "SIMT");
    }

    /// <summary>Most convolutions read weights that are packed, with the map multiplied in; those of many weights read them where the map has left them.</summary>
    [Fact]
    public void A_layer_that_reads_its_weights_as_they_are_has_the_map_in_them()
    {
        var network = CompiledNetwork.Of(Net("80, 2, 3", "x | Conv(1024, kernel: 7, padding: 3) | GlobalBatchNorm() | Scale(bias: true) | ReLU | Conv(5, kernel: 1)"), channels: true).InChannels;
        foreach (var width in new[] { VectorWidth.Scalar, VectorWidth.Bits256, VectorWidth.Bits512 })
        {
            using var device = new CpuDevice(2, width) { SmallStep = 0 };
            Check(new(network, 3), device, $"{width} vectors");
        }
    }

    [Theory]
    [InlineData("convolutions", 0), InlineData("groups", 1), InlineData("dense", 0), InlineData("readers", 2), InlineData("shared", 1), InlineData("reshaped", 0)]
    public void Nothing_of_a_map_is_left_where_it_alone_reads_a_layer(string name, int left)
    {
        using var device = new CpuDevice(1, VectorWidth.Widest);
        using var network = Compiled[name].On(device, 3);
        foreach (var program in new[] { network.Definition.Predict, network.Definition.PredictBatch ?? network.Definition.Predict })
        {
            Assert.Equal(left, program.Kernels.Count(static k => k.Description.Contains("channelmap", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Statistics_of_training_fold_as_fixed_ones_do_and_a_change_of_weights_is_seen_whatever_changes_them()
    {
        var trained = CompiledNetwork.Of(Net("3, 5, 5", "x | Conv(5, kernel: 3, name: \"conv\") | BatchNorm(name: \"norm\") | Scale(bias: true, name: \"scale\")"), reference: false, channels: true);
        var given = CompiledNetwork.Of(Net("3, 5, 5", "x | Conv(5, kernel: 3, name: \"conv\") | GlobalBatchNorm(name: \"norm\") | Scale(bias: true, name: \"scale\")"), channels: true);
        foreach (var channels in new[] { false, true })
        {
            using var device = new CpuDevice(2, VectorWidth.Widest) { SmallStep = 0 };
            using var network = (channels ? trained.InChannels : trained).On(device, 3);
            using var expected = (channels ? given.InChannels : given).On(device, 3);
            var test = new OperatorCase(channels ? given.InChannels : given, 3);
            test.Fill(network);
            test.Fill(expected);
            Same();

            // A step moves the statistics and the weights, one without an update overwrites what predictions keep.
            network.Step(new Sgd { LearningRate = 0.01 });
            Same();
            network.StepGradients();
            Same();
            network.Parameters["scale.bias"].Data[2] = 7;
            Same();

            void Same()
            {
                foreach (var parameter in network.Parameters)
                {
                    parameter.Data.CopyTo(expected.Parameters[parameter.Name].Data);
                }

                foreach (var _ in Enumerable.Range(0, 2))
                {
                    Assert.Equal(expected.RunPrediction().ToArray(), network.RunPrediction().ToArray());
                }
            }
        }
    }

    [Fact]
    public void What_only_the_loss_needs_is_there_for_an_evaluation_after_a_prediction()
    {
        var compiled = CompiledNetwork.Of("""
            [Network(Layout = Layout.Channels)]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3, 5, 5)] Tensor x) => x | Conv(16, kernel: 3, padding: 1) | GlobalBatchNorm();

                static Tensor Loss(Tensor y) => BatchMean(SampleSum(y | Conv(16, kernel: 3) | GlobalBatchNorm() | Tanh));
            }
            """);
        var test = new OperatorCase(compiled, 3);
        using var device = new CpuDevice(1, VectorWidth.Widest);
        using var network = compiled.On(device, 3);
        test.Fill(network);
        network.RunPrediction();
        network.Evaluate();
        Assert.InRange(network.Scalar("loss"), test.Loss - 1e-4, test.Loss + 1e-4);
    }

    static void Check(OperatorCase test, Device device, string where)
    {
        using var network = test.Network.On(device, test.Batch);
        test.Fill(network);
        var expected = test.Value("output");
        var scale = expected.Max(Math.Abs);
        foreach (var run in new[] { "first", "second" })
        {
            var actual = network.RunPrediction();
            Assert.Equal(expected.Length, actual.Length);
            for (var i = 0; i < expected.Length; i++)
            {
                Assert.True(Math.Abs(expected[i] - actual[i]) <= 2e-5 * scale, $"{run} prediction, element {i}: {actual[i]}, but the reference gives {expected[i]}, {where}");
            }
        }
    }
}
