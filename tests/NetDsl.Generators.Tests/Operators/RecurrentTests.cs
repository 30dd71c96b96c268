using NetDsl.Runtime;

namespace NetDsl.Generators.Tests.Operators;

/// <summary>Recurrences as one layer against the same written out step by step with dense layers that share their weights: equal in values and gradients.</summary>
public class RecurrentTests
{
    const int Batch = 18;

    public static TheoryData<string, string> Recurrences => new()
    {
        {
            "RNN", """
                var sum = inputs(x) + added + hidden(h);
                h = Tanh(sum);
                """
        },
        {
            "LSTM", """
                var (i, f, o, g) = Split(inputs(x) + added + hidden(h), parts: 4);
                c = Kept(Sigmoid(f) * c, continues) + Sigmoid(i) * Tanh(g);
                h = Sigmoid(o) * Tanh(c);
                """
        },
        {
            "GRU", """
                var (xr, xz, xn) = Split(inputs(x) + added, parts: 3);
                var (hr, hz, hn) = Split(hidden(h), parts: 3);
                var z = Sigmoid(xz + hz);
                h = (1f - z) * Tanh(xn + Sigmoid(xr + hr) * shift(hn)) + z * h;
                """
        },
    };

    [Theory]
    [MemberData(nameof(Recurrences))]
    public void A_layer_computes_what_its_steps_compute(string name, string step)
    {
        var gates = name switch { "LSTM" => 4, "GRU" => 3, _ => 1 };
        var layer = CompiledNetwork.Of(Source($"return sequence | {name}(5, continuation, constant, name: \"cell\");"), reference: false);
        var steps = CompiledNetwork.Of(Source($$"""
            var (inputs, hidden, still) = (Dense({{gates}} * 5, name: "cell.input"), Dense({{gates}} * 5, bias: false, name: "cell.hidden"), Dense({{gates}} * 5, bias: false, name: "cell.constant"));
            var shift = Bias(name: "cell.shift");
            var added = still(constant);
            var (h, c) = (0 * Slice(added, 0, 5), 0 * Slice(added, 0, 5));
            var states = new Tensor[7];
            for (var t = 0; t < 7; t++)
            {
                var continues = Slice(continuation, t, 1);
                var x = Reshape(Slice(sequence, t, 1), [3]);
                h = Kept(h, continues);
                {{step}}
                states[t] = Reshape(h, [1, 5]);
            }

            return Concat(states, axis: 1);
            """), reference: false);

        using var device = Device.Cpu(threads: 2);
        using var expected = steps.On(device, Batch);
        using var actual = layer.On(device, Batch);
        Fill(expected);
        Fill(actual);
        foreach (var parameter in actual.Parameters)
        {
            expected.Parameters[Written(parameter.Name)].Data.CopyTo(parameter.Data);
        }

        Assert.Equal(expected.StepGradients(), actual.StepGradients(), 1e-4f);
        foreach (var parameter in actual.Parameters)
        {
            var gradient = expected.Parameters[Written(parameter.Name)].Gradient.ToArray();
            Assert.Contains(gradient, static g => Math.Abs(g) > 1e-3f);
            Close(gradient, parameter.Gradient, parameter.Name);
        }

        Close(expected.RunPrediction().ToArray(), actual.RunPrediction(), "states");
    }

    /// <summary>A dense layer has no bias for one part of its units: a layer of its own has it.</summary>
    static string Written(string parameter) => parameter == "cell.hidden.bias" ? "cell.shift.bias" : parameter;

    static void Close(float[] expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-5 * Math.Max(1, expected.Max(Math.Abs)), $"{what}[{i}]: {actual[i]} as a layer, {expected[i]} step by step");
        }
    }

    static void Fill(Network network)
    {
        var random = new Random(9);
        network.Initialize(seed: 1);
        for (var i = 0; i < network.Definition.Inputs.Count; i++)
        {
            var input = network.Definition.Inputs[i];
            network.SetInput(i, [.. Enumerable.Range(0, input.Count * Batch).Select(_ => input.Name == "continuation" ? random.Next(3) > 0 ? 1f : 0 : random.NextSingle() * 2 - 1)]);
        }

        foreach (var parameter in network.Parameters)
        {
            foreach (ref var weight in parameter.Data)
            {
                weight = random.NextSingle() - 0.5f;
            }
        }
    }

    static string Source(string body) => $$"""
        [Network]
        public partial class Net
        {
            static Tensor Forward([Shape(Batch, 7, 3)] Tensor sequence, [Shape(Batch, 7)] Tensor continuation, [Shape(Batch, 2)] Tensor constant)
            {
                {{body}}
            }

            static Tensor Kept(Tensor state, Tensor continues) => Reshape(Scale(Reshape(state, [1, 5]), continues), [5]);

            static Tensor Loss(Tensor y) => 0.5f * BatchSum(SampleSum(y * y));
        }
        """;
}
