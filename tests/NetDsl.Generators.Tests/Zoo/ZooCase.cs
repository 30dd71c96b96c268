using NetDsl.Generators.Ir;
using NetDsl.Generators.Tests.Frontend;
using NetDsl.Generators.Tests.Operators;
using NetDsl.Generators.Tests.Reference;
using NetDsl.Runtime;

namespace NetDsl.Generators.Tests.Zoo;

/// <summary>A network of the zoo at its start, with made-up samples: a step's loss and gradients, and the reference's loss at any other parameters.</summary>
sealed class ZooCase
{
    /// <summary>Of single precision through many layers, with transformed convolutions among them.</summary>
    const double Tolerance = 1e-3;

    readonly Graph graph;
    readonly int batch;
    readonly float loss;
    readonly Dictionary<string, double[]> values = [];
    readonly Dictionary<string, double[]> gradients = [];

    public ZooCase(string name, int batch)
    {
        this.batch = batch;
        graph = Project.Graph(Project.Zoo(name));
        using var device = Device.Cpu(threads: 2);
        using var network = CompiledNetwork.OfZoo(name).On(device, batch);
        // Where the reference's dropout begins.
        network.Initialize(ScalarFormulas.Seed);
        var random = new Random(1701);
        for (var i = 0; i < network.Definition.Inputs.Count; i++)
        {
            var input = network.Definition.Inputs[i];
            if (input.IsLabels)
            {
                int[] labels = [.. Enumerable.Range(0, input.Count * batch).Select(_ => random.Next(Math.Max(input.Classes, 2)))];
                network.SetLabels(i, labels);
                values[input.Name] = [.. labels.Select(static label => (double)label)];
            }
            else
            {
                float[] numbers = [.. Enumerable.Range(0, input.Count * batch).Select(_ => (float)(random.NextDouble() * 2 - 1))];
                network.SetInput(i, numbers);
                values[input.Name] = [.. numbers.Select(static number => (double)number)];
            }
        }

        foreach (var parameter in network.Parameters)
        {
            values[parameter.Name] = [.. parameter.Data.ToArray().Select(static number => (double)number)];
        }

        loss = network.StepGradients();
        foreach (var parameter in network.Parameters.Where(static parameter => !parameter.Definition.Frozen))
        {
            gradients[parameter.Name] = [.. parameter.Gradient.ToArray().Select(static number => (double)number)];
        }
    }

    /// <summary>The parameters that a step trains.</summary>
    public IReadOnlyCollection<string> Trained => gradients.Keys;

    public void CheckLoss() => Close(Reference([], 0), loss, Math.Abs(loss) + 1, "the loss");

    /// <summary>The slope along a direction, by differences of the reference and by the step's gradients.</summary>
    /// <param name="parameters">Those that move: each by one, half along its gradient and half anywhere.</param>
    /// <param name="step">How far the reference goes.</param>
    public void CheckSlope(IReadOnlyCollection<string> parameters, double step)
    {
        var random = new Random(7);
        var direction = parameters.ToDictionary(static name => name, name => Half(gradients[name], random));
        var slope = (Reference(direction, step) - Reference(direction, -step)) / (2 * step);
        var length = parameters.Sum(name => Length(gradients[name]));
        Close(slope, parameters.SelectMany(name => gradients[name].Zip(direction[name], static (g, d) => g * d)).Sum(), length + 1e-4, string.Join(", ", parameters.Take(3)));
    }

    static double[] Half(double[] gradient, Random random)
    {
        var anywhere = gradient.Select(_ => random.NextDouble() - 0.5).ToArray();
        var (along, across) = (Length(gradient), Length(anywhere));
        return [.. gradient.Select((g, i) => (along > 0 ? 0.5 * g / along : 0) + (0.5 * anywhere[i] / across))];
    }

    double Reference(Dictionary<string, double[]> direction, double by) => new Interpreter(graph, batch).Run(name =>
        direction.TryGetValue(name, out var toward) ? [.. values[name].Zip(toward, (value, d) => value + (by * d))] : values[name]).Scalar("loss");

    static double Length(double[] vector) => Math.Sqrt(vector.Select(static v => v * v).Sum());

    static void Close(double expected, double actual, double scale, string what) =>
        Assert.True(Math.Abs(expected - actual) <= Tolerance * scale, $"{what}: {actual}, but the reference gives {expected}, of {scale}");
}
