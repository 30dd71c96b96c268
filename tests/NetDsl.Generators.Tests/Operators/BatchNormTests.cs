using System.Text.Json;
using NetDsl.Generators.Tests.Conformance;
using NetDsl.Runtime;
using NetDsl.Solvers;

namespace NetDsl.Generators.Tests.Operators;

/// <summary>Batch normalisation over several steps: the running statistics are Caffe's, accepted steps alone move them, and nothing else about a run does.</summary>
public class BatchNormTests
{
    static readonly JsonElement Statistics = Golden.Group("batchnorm");

    static readonly CompiledNetwork Compiled = CompiledNetwork.Of(
        """
        [Network]
        public partial class Net
        {
            static Tensor Forward([Shape(Batch, 2, 3)] Tensor x) => x | BatchNorm(momentum: 0.9f, name: "bn") | Scale(name: "scale");

            static Tensor Loss(Tensor y, [Shape(Batch, 2, 3)] Tensor target) => 0.5f * BatchSum(SampleSum((y - target) * (y - target)));
        }
        """,
        reference: false,
        channels: true);

    public static TheoryData<string> Roads => ["samples", "channels", "SIMT"];

    [Theory]
    [MemberData(nameof(Roads))]
    public void Two_steps_give_Caffes_statistics_and_predictions_use_them(string road)
    {
        using var device = DeviceOf(road, threads: 2);
        using var network = On(road, device, batch: 1);
        var (x, y) = (Inputs("x"), Inputs("y"));
        network.Initialize(1);
        for (var step = 0; step < 2; step++)
        {
            network.SetInput(0, x.AsSpan(step * 6, 6));
            network.SetInput(1, y.AsSpan(step * 6, 6));

            // The loss is the distance from what Caffe computes.
            Assert.InRange(network.Step(new Sgd { LearningRate = 0 }), 0, 1e-6);
        }

        Close(Numbers("blob0_sum_mean"), network.Parameters["bn.mean"].Data);
        Close(Numbers("blob1_sum_var"), network.Parameters["bn.variance"].Data);
        Close([Statistics.GetProperty("blob2_factor").GetDouble()], network.Parameters["bn.factor"].Data);

        var (mean, variance) = (Numbers("test_mean"), Numbers("test_var"));
        network.SetInput(0, x.AsSpan(0, 6));
        var predicted = network.RunPrediction().ToArray();
        Close([.. x.Take(6).Select((value, i) => (value - mean[i / 3 % 2]) / Math.Sqrt(variance[i / 3 % 2] + 1e-5))], predicted);
    }

    [Theory]
    [MemberData(nameof(Roads))]
    public void A_step_that_is_not_finite_and_one_without_an_update_leave_the_statistics_alone(string road)
    {
        using var device = DeviceOf(road, threads: 1);
        using var network = On(road, device);
        var x = Inputs("x");
        network.Initialize(1);
        network.SetInput(0, x);
        network.SetInput(1, Inputs("y"));
        network.Step(new Sgd { LearningRate = 0.1 });
        var before = network.Parameters.SelectMany(static p => p.Data.ToArray()).ToArray();

        network.StepGradients();
        Assert.Equal(before, network.Parameters.SelectMany(static p => p.Data.ToArray()));
        x[2] = float.NaN;
        network.SetInput(0, x);
        Assert.Throws<NonFiniteException>(() => network.Step(new Sgd { LearningRate = 0.1 }));
        Assert.Equal(before, network.Parameters.SelectMany(static p => p.Data.ToArray()));
    }

    [Theory]
    [InlineData("samples"), InlineData("channels")]
    public void Neither_threads_nor_a_restart_from_the_weights_change_a_bit(string road)
    {
        Assert.Equal(Run(road, threads: 1, restart: false), Run(road, threads: 3, restart: false));
        Assert.Equal(Run(road, threads: 1, restart: false), Run(road, threads: 1, restart: true));
    }

    [Fact]
    public void Before_the_first_step_mean_and_variance_are_zero()
    {
        using var device = new CpuDevice(1, VectorWidth.Widest);
        using var network = On("samples", device);
        network.Initialize(1);
        network.SetInput(0, Inputs("x"));
        Close([.. Inputs("x").Select(static value => value / Math.Sqrt(1e-5))], network.RunPrediction());
    }

    /// <summary>Four steps of nineteen samples, which fill a block of lanes and a part of the next.</summary>
    static float[] Run(string road, int threads, bool restart)
    {
        using var device = new CpuDevice(threads, VectorWidth.Widest) { SmallStep = 0 };
        var random = new Random(4);
        var network = On(road, device, batch: 19);
        network.Initialize(1);
        for (var step = 0; step < 4; step++)
        {
            network.SetInput(0, [.. Enumerable.Range(0, 19 * 6).Select(_ => random.NextSingle())]);
            network.SetInput(1, [.. Enumerable.Range(0, 19 * 6).Select(_ => random.NextSingle())]);
            network.Step(new Sgd { LearningRate = 0.1 });
            if (restart)
            {
                var saved = network.Parameters.Select(static p => p.Data.ToArray()).ToList();
                network.Dispose();
                network = On(road, device, batch: 19);
                network.Initialize(2);
                foreach (var (parameter, values) in network.Parameters.Zip(saved))
                {
                    values.CopyTo(parameter.Data);
                }
            }
        }

        var result = network.Parameters.SelectMany(static p => p.Data.ToArray()).ToArray();
        network.Dispose();
        return result;
    }

    static Device DeviceOf(string road, int threads) => road == "SIMT" ? SimtDevice.ForTests() : new CpuDevice(threads, VectorWidth.Widest) { SmallStep = 0 };

    static Network On(string road, Device device, int batch = 2) => (road == "channels" ? Compiled.InChannels : Compiled).On(device, batch);

    /// <summary>The golden values are [step][value][channel], the network's [sample, channel, position]: a step is one sample here.</summary>
    static float[] Inputs(string name) =>
    [
        .. Statistics.GetProperty(name).EnumerateArray().SelectMany(static sample => Enumerable.Range(0, 2)
            .SelectMany(c => sample.EnumerateArray().Select(position => (float)position[c].GetDouble()))),
    ];

    static double[] Numbers(string name) => [.. Statistics.GetProperty(name).EnumerateArray().Select(static number => number.GetDouble())];

    static void Close(double[] expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.InRange(actual[i], expected[i] - 1e-5 * Math.Max(1, Math.Abs(expected[i])), expected[i] + 1e-5 * Math.Max(1, Math.Abs(expected[i])));
        }
    }
}
