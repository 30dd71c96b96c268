using NetDsl.Generators.Tests.Reference;
using NetDsl.Kernels;
using NetDsl.Runtime;

namespace NetDsl.Generators.Tests.Emit;

/// <summary>Networks from source to results: as vectors on the processor, as the GPU's kernels, which are emitted apart, and by formula.</summary>
public class RoadTests
{
    const int Batch = 3;

    [Theory]
    [MemberData(nameof(SmallNetworks.Names), MemberType = typeof(SmallNetworks))]
    public void Both_forms_of_a_network_compute_the_same_step(string name)
    {
        var emitted = SmallNetworks.Get(name);
        SimtPrograms.CompileToPtx(emitted.Simt(training: true));
        SimtPrograms.CompileToPtx(emitted.Simt(training: false));

        using var processor = Device.Cpu(threads: 1);
        using var threads = SimtDevice.ForTests();
        using var expected = Prepare(emitted, processor);
        using var actual = Prepare(emitted, threads);

        expected.StepGradients();
        actual.StepGradients();
        Close(Scalars(expected, expected.Definition.Train!), Scalars(actual, actual.Definition.Train!), "training");
        var trained = expected.Parameters.Where(static p => !p.Definition.Frozen).ToList();
        foreach (var parameter in trained)
        {
            Close(parameter.Gradient, actual.Parameters[parameter.Name].Gradient, parameter.Name);
        }

        // Not all: units may be dead in so small a network.
        Assert.True(trained.Count(static p => p.Gradient.IndexOfAnyExcept(0f) >= 0) > trained.Count / 2, "Most gradients are zero.");

        expected.Evaluate();
        actual.Evaluate();
        Close(Scalars(expected, expected.Definition.Predict), Scalars(actual, actual.Definition.Predict), "evaluation");
        foreach (var output in expected.Definition.Predict.Outputs)
        {
            Close(expected.Output(output), actual.Output(output), output);
        }
    }

    [Theory]
    [InlineData("Mixed"), InlineData("Points"), InlineData("Pixels"), InlineData("Sequences"), InlineData("Lstm"), InlineData("Siamese"), InlineData("Inception")]
    public void Loss_and_metrics_are_those_of_the_formulas_in_double_precision(string name)
    {
        var emitted = SmallNetworks.Get(name);
        using var threads = SimtDevice.ForTests();
        using var network = Prepare(emitted, threads);
        network.StepGradients();

        var values = Inputs(network.Definition);
        foreach (var parameter in network.Parameters)
        {
            values[parameter.Name] = parameter.Data.ToArray();
        }

        var reference = new Interpreter(emitted.Graph, Batch).Run(value => [.. values[value].Select(static v => (double)v)]);
        foreach (var scalar in network.Definition.Train!.Scalars)
        {
            Close([(float)reference.Scalar(scalar)], [network.Scalar(scalar)], scalar);
        }
    }

    [Theory]
    [InlineData("Mixed", true), InlineData("Pixels", true), InlineData("Lstm", false), InlineData("Siamese", true)]
    public void An_instance_for_many_samples_predicts_what_one_for_few_does_where_it_convolves_with_a_program_of_its_own(string name, bool ofItsOwn)
    {
        var emitted = SmallNetworks.Get(name);
        using var processor = Device.Cpu(threads: 2);
        using var few = Prepare(emitted, processor);
        using var many = Prepare(emitted, processor, room: SampleBlock.Lanes + 3);
        Assert.Equal(ofItsOwn, few.Definition.PredictBatch is not null);
        Assert.NotSame(few.Definition.PredictBatch, few.Definition.Predict);
        Assert.Equal(ofItsOwn, ReferenceEquals(many.Definition.PredictBatch, many.Definition.Predict));

        few.Evaluate();
        many.Evaluate();
        Close(Scalars(few, few.Definition.Predict), Scalars(many, many.Definition.Predict), "evaluation");
        foreach (var output in few.Definition.Predict.Outputs)
        {
            Close(few.Output(output), many.Output(output), output);
        }
    }

    static Network Prepare(EmittedNetwork emitted, Device device, int room = Batch)
    {
        var network = emitted.Create(device, room);
        network.Initialize(ScalarFormulas.Seed);
        var inputs = network.Definition.Inputs;
        var values = Inputs(network.Definition);
        for (var i = 0; i < inputs.Count; i++)
        {
            if (inputs[i].IsLabels)
            {
                network.SetLabels(i, [.. values[inputs[i].Name].Select(static label => (int)label)]);
            }
            else
            {
                network.SetInput(i, values[inputs[i].Name]);
            }
        }

        return network;
    }

    /// <summary>Numbers in ±1; labels of all classes, of which about one in five is ignored where that is allowed.</summary>
    static Dictionary<string, float[]> Inputs(NetworkDefinition definition)
    {
        var random = new Random(5);
        var values = new Dictionary<string, float[]>();
        foreach (var input in definition.Inputs)
        {
            var classes = Math.Max(input.Classes, 2);
            values[input.Name] = [.. Enumerable.Range(0, input.Count * Batch).Select(_ =>
                !input.IsLabels ? random.NextSingle() * 2 - 1
                : input.IgnoredLabel is { } ignored && random.Next(5) == 0 ? ignored : random.Next(classes))];
        }

        return values;
    }

    static float[] Scalars(Network network, ProgramDefinition program) => [.. program.Scalars.Select(network.Scalar)];

    static void Close(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-5 * Math.Max(1, Math.Abs(expected[i])), $"{what}[{i}] is {actual[i]} instead of {expected[i]}");
        }
    }
}
