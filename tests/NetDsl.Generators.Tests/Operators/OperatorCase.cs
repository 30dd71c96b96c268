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

    public OperatorCase(CompiledNetwork network, int batch)
    {
        Batch = batch;
        Network = network;
        var random = new Random(1701);
        foreach (var input in Network.Graph.Inputs)
        {
            var classes = input.Name == "same" ? 2 : 3;
            values[input.Name] = Draw(input.Type.Count * batch, () => input.Kind == InputKind.Labels ? random.Next(classes) : random.NextDouble() * 2 - 1);
        }

        foreach (var parameter in Network.Graph.Parameters)
        {
            values[parameter.Path] = Draw(parameter.Type.Count, () => random.NextDouble() * 2 - 1);
        }
    }

    public CompiledNetwork Network { get; }

    public int Batch { get; }

    /// <summary>The reference on the case's values, with one element of one of them changed.</summary>
    public Interpreter Reference(string changed = "", int element = 0, double by = 0) => new Interpreter(Network.Graph, Batch).Run(name =>
    {
        if (name != changed)
        {
            return values[name];
        }

        var copy = (double[])values[name].Clone();
        copy[element] += by;
        return copy;
    });

    /// <summary>The gradient of the loss by an element, by central differences in double precision.</summary>
    public double Difference(string parameter, int element)
    {
        const double step = 1e-6;
        return (Reference(parameter, element, step).Scalar("loss") - Reference(parameter, element, -step).Scalar("loss")) / (2 * step);
    }

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
