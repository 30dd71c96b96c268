using NetDsl.Generators.Ir;
using NetDsl.Generators.Tests.Reference;
using NetDsl.Runtime;

namespace NetDsl.Generators.Tests.Operators;

/// <summary>
/// A network around one operator, with reproducible inputs and parameters. Its objective is half the sum of squares of the result unless the operator is a
/// loss itself, as in Caffe's gradient checker; a probe in front of the operator carries a parameter, whose gradient shows the one by the operator's input.
/// </summary>
sealed class OperatorCase
{
    readonly Dictionary<string, double[]> values = [];
    readonly Dictionary<string, Dictionary<int, double>> gradients = [];
    readonly int most;

    /// <param name="network">The network.</param>
    /// <param name="batch">The samples.</param>
    /// <param name="most">How many elements of a parameter are differentiated by; they lie evenly in it.</param>
    public OperatorCase(CompiledNetwork network, int batch, int most = int.MaxValue)
    {
        Batch = batch;
        this.most = most;
        Network = network;
        var random = new Random(1701);
        foreach (var input in Network.Graph.Inputs)
        {
            var classes = input.Name == "same" ? 2 : 3;
            values[input.Name] = Draw(input.Type.Count.Value * batch, () => input.Kind == InputKind.Labels ? random.Next(classes) : random.NextDouble() * 2 - 1);
        }

        foreach (var parameter in Network.Graph.Parameters)
        {
            // Variances and counts are positive.
            var isPositive = parameter.Path.EndsWith(".variance", StringComparison.Ordinal) || parameter.Path.EndsWith(".factor", StringComparison.Ordinal);
            values[parameter.Path] = Draw(parameter.Type.Count.Value, () => isPositive ? random.NextDouble() + 0.5 : random.NextDouble() * 2 - 1);
        }

        Loss = Reference().Scalar("loss");
    }

    public CompiledNetwork Network { get; }

    public int Batch { get; }

    /// <summary>The loss of the reference.</summary>
    public double Loss { get; }

    /// <summary>A result of the reference.</summary>
    public double[] Value(string result) => Reference().Result(result);

    /// <summary>The gradient of the loss by elements of a parameter, by central differences in double precision.</summary>
    public IReadOnlyDictionary<int, double> Gradient(string parameter)
    {
        if (!gradients.TryGetValue(parameter, out var gradient))
        {
            const double step = 1e-6;
            var count = values[parameter].Length;
            var stride = Math.Max(1, count / most);
            gradients[parameter] = gradient = Enumerable.Range(0, (count + stride - 1) / stride).Select(i => i * stride).ToDictionary(
                static i => i,
                i => (Reference(parameter, i, step).Scalar("loss") - Reference(parameter, i, -step).Scalar("loss")) / (2 * step));
        }

        return gradient;
    }

    /// <summary>The reference on the case's values, with one element of one of them changed.</summary>
    Interpreter Reference(string changed = "", int element = 0, double by = 0) => new Interpreter(Network.Graph, Batch).Run(name =>
    {
        if (name != changed)
        {
            return values[name];
        }

        var copy = (double[])values[name].Clone();
        copy[element] += by;
        return copy;
    });

    /// <summary>Gives a network the case's inputs and parameters.</summary>
    public void Fill(Network network)
    {
        network.Initialize(ScalarFormulas.Seed);
        for (var i = 0; i < network.Definition.Inputs.Count; i++)
        {
            var input = network.Definition.Inputs[i];
            if (input.IsLabels)
            {
                network.SetLabels(i, [.. values[input.Name].Select(static v => (int)v)]);
            }
            else
            {
                network.SetInput(i, [.. values[input.Name].Select(static v => (float)v)]);
            }
        }

        foreach (var parameter in network.Parameters)
        {
            values[parameter.Name].Select(static v => (float)v).ToArray().CopyTo(parameter.Data);
        }
    }

    static double[] Draw(long count, Func<double> value)
    {
        var drawn = new double[count];
        for (var i = 0; i < drawn.Length; i++)
        {
            // What a float holds exactly, so that the reference and the kernels see the same numbers.
            drawn[i] = (float)value();
        }

        return drawn;
    }
}
