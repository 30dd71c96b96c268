using System.Numerics.Tensors;
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

    /// <summary>How far an element moves whose gradient is zero.</summary>
    const double IdleStep = 1e-3;

    readonly Graph graph;
    readonly int batch;
    readonly float loss;
    readonly Dictionary<string, double[]> values = [];
    readonly Dictionary<string, double[]> gradients = [];

    /// <param name="name">The network.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="side">Height and width of its images and of its scores, if the network leaves them free. The reference evaluates it as if it named them.</param>
    public ZooCase(string name, int batch, (int Image, int Scores)? side = null)
    {
        this.batch = batch;
        graph = Project.Graph(side is { } given ? [.. Project.Zoo(name).Select(file => (file.Path, Sized(file.Source, given.Image, given.Scores)))] : Project.Zoo(name));
        using var device = Device.Cpu(threads: 2);
        using var network = CompiledNetwork.OfZoo(name).On(device, batch, side?.Image);
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
                values[input.Name] = Doubles(numbers);
            }
        }

        foreach (var parameter in network.Parameters)
        {
            Disturb(parameter, random);
            values[parameter.Name] = Doubles(parameter.Data);
        }

        loss = network.StepGradients();
        foreach (var parameter in network.Parameters.Where(static parameter => !parameter.Definition.Frozen))
        {
            gradients[parameter.Name] = Doubles(parameter.Gradient);
        }
    }

    static string Sized(string source, int image, int scores) => source
        .Replace("Any, Any)] Tensor", $"{image}, {image})] Tensor", StringComparison.Ordinal)
        .Replace("Any, Any)] Labels", $"{scores}, {scores})] Labels", StringComparison.Ordinal);

    /// <summary>Layers that start at zero would keep gradients from all before them.</summary>
    static void Disturb(Runtime.Parameter parameter, Random random)
    {
        var data = parameter.Data;
        if (!parameter.Definition.Frozen && data.IndexOfAnyExcept(0) < 0)
        {
            var range = Math.Sqrt(3.0 * parameter.Definition.Shape[0] / data.Length);
            foreach (ref var number in data)
            {
                number = (float)((random.NextDouble() * 2 - 1) * range);
            }
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
        Assert.All(parameters.Where(name => !gradients[name].AsSpan().ContainsAnyExcept(0)), CheckIdle);
        var random = new Random(7);
        var direction = parameters.ToDictionary(static name => name, name => Half(gradients[name], random));
        var slope = (Reference(direction, step) - Reference(direction, -step)) / (2 * step);
        var length = parameters.Sum(name => TensorPrimitives.Norm<double>(gradients[name]));
        Close(slope, parameters.Sum(name => TensorPrimitives.Dot<double>(gradients[name], direction[name])), length + 1e-4, string.Join(", ", parameters.Take(3)));
    }

    /// <summary>
    /// A gradient of zeros leads nowhere, so the slope along it proves nothing. Few parameters have a right to one, such as biases that cancel between the two images of a siamese network:
    /// element by element.
    /// </summary>
    void CheckIdle(string name)
    {
        Assert.True(gradients[name].Length <= 64, $"{name} has no gradient");
        for (var i = 0; i < gradients[name].Length; i++)
        {
            var direction = new double[gradients[name].Length];
            direction[i] = 1;
            Close((Reference(new() { [name] = direction }, IdleStep) - Reference(new() { [name] = direction }, -IdleStep)) / (2 * IdleStep), 0, 1, $"{name}[{i}]");
        }
    }

    static double[] Half(double[] gradient, Random random)
    {
        var anywhere = new double[gradient.Length];
        for (var i = 0; i < anywhere.Length; i++)
        {
            anywhere[i] = random.NextDouble() - 0.5;
        }

        var (along, across) = (TensorPrimitives.Norm<double>(gradient), TensorPrimitives.Norm<double>(anywhere));
        TensorPrimitives.Multiply(anywhere, 0.5 / across, anywhere);
        TensorPrimitives.MultiplyAdd(gradient, along > 0 ? 0.5 / along : 0, anywhere, anywhere);
        return anywhere;
    }

    double Reference(Dictionary<string, double[]> direction, double by) => new Interpreter(graph, batch).Run(name =>
    {
        if (!direction.TryGetValue(name, out var toward))
        {
            return values[name];
        }

        var moved = new double[toward.Length];
        TensorPrimitives.MultiplyAdd<double>(toward, by, values[name], moved);
        return moved;
    }).Scalar("loss");

    static double[] Doubles(ReadOnlySpan<float> numbers)
    {
        var result = new double[numbers.Length];
        TensorPrimitives.ConvertTruncating(numbers, result);
        return result;
    }

    static void Close(double expected, double actual, double scale, string what) =>
        Assert.True(Math.Abs(expected - actual) <= Tolerance * scale, $"{what}: {actual}, but the reference gives {expected}, of {scale}");
}
