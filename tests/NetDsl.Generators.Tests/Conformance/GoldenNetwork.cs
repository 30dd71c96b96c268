using NetDsl.Generators.Tests.Operators;
using NetDsl.Runtime;

namespace NetDsl.Generators.Tests.Conformance;

/// <summary>
/// A network of a few lines on given numbers, run on every road: samples side by side, channels side by side, and as SIMT code. Its inputs that need gradients are the rows of
/// tables (<see cref="Rows"/>), whose gradients are those by the inputs.
/// </summary>
sealed class GoldenNetwork
{
    static readonly SimtDevice Simt = SimtDevice.ForTests();

    readonly CompiledNetwork compiled;

    readonly string road;

    GoldenNetwork(CompiledNetwork compiled, string road) => (this.compiled, this.road) = (compiled, road);

    /// <param name="members">Forward, which takes <c>[Shape(Batch)] Labels row</c> first, and what else the class has.</param>
    public static IEnumerable<GoldenNetwork> OnEveryRoad(string members)
    {
        var compiled = CompiledNetwork.Of($"[Network]\npublic partial class Net\n{{\n{members}\n}}", reference: false, channels: true);
        return [new(compiled, "samples"), new(compiled.InChannels, "channels"), new(compiled, "SIMT")];
    }

    /// <summary>An expression for an input of this shape, a parameter <c>name.weight</c> in truth; the first size is the batch.</summary>
    public static string Rows(string name, params int[] shape) =>
        $"(Embed(row, {shape[0]}, {shape.Skip(1).Aggregate(1, static (a, b) => a * b)}, bias: false, name: \"{name}\") | Reshape({string.Join(", ", shape.Skip(1).DefaultIfEmpty(1))}))";

    /// <summary>Runs what is to be run with these values: inputs and parameters by name.</summary>
    public void Run(int batch, Action<Network> run, params (string Name, double[] Values)[] values)
    {
        using var processor = new CpuDevice(2, VectorWidth.Widest) { SmallStep = 0 };
        using var network = compiled.On(road == "SIMT" ? Simt : processor, batch);
        network.Initialize(1);
        network.SetLabels(0, [.. Enumerable.Range(0, batch)]);
        foreach (var (name, numbers) in values)
        {
            var input = network.Definition.Inputs.ToList().FindIndex(i => i.Name == name);
            float[] floats = [.. numbers.Select(static number => (float)number)];
            if (input < 0)
            {
                floats.CopyTo(network.Parameters[$"{name}.weight"].Data);
            }
            else if (network.Definition.Inputs[input].IsLabels)
            {
                network.SetLabels(input, [.. numbers.Select(static number => (int)number)]);
            }
            else
            {
                network.SetInput(input, floats);
            }
        }

        run(network);
    }

    public void Close(IReadOnlyList<double> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Count, actual.Length);
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= 1e-5 * Math.Max(1, Math.Abs(expected[i])),
                $"Element {i} is {actual[i]} by {road}, but should be {expected[i]}");
        }
    }
}
