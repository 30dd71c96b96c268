using System.Reflection;
using NetDsl.Runtime;

namespace NetDsl.Networks.Tests;

/// <summary>
/// Each network that the zoo's project compiles: it begins where it must, a step of its own recipe lowers the loss, and it predicts. Where a step takes many
/// seconds, as on images of 500×500, it predicts only: the benchmarks run such steps.
/// </summary>
public class TrainingTests
{
    /// <summary>Samples of a small network's batch; a large one has a single sample.</summary>
    const int SmallBatch = 16;

    /// <summary>Multiply-adds of one sample's step up to which a network is small.</summary>
    const long Small = 1_000_000_000;

    /// <summary>Multiply-adds of one sample's step that are too many to wait for.</summary>
    const long Large = 80_000_000_000;

    static readonly Dictionary<string, double> FirstLoss = new()
    {
        // A softmax over classes that no score favours: ln C.
        ["LeNet"] = Math.Log(10), ["CifarQuick"] = Math.Log(10), ["CifarFull"] = Math.Log(10), ["NinCifar"] = Math.Log(10), ["CifarFullSigmoidBn"] = Math.Log(10), ["LstmClassifier"] = Math.Log(10),
        ["CharLstm"] = Math.Log(65), ["LstmLanguageModel"] = 20 * Math.Log(8801), ["Lrcn"] = 20 * Math.Log(8801),
        ["SmallInception"] = 1.3 * Math.Log(10), ["LogisticRegression"] = Math.Log(2), ["NonlinearLogisticRegression"] = Math.Log(2),
    };

    public static TheoryData<string> Trained => [.. Named(static step => step < Large)];

    public static TheoryData<string> Predicted => [.. Named(static step => step >= Large)];

    [Theory]
    [MemberData(nameof(Trained))]
    public void A_step_lowers_the_loss_from_where_it_begins(string name)
    {
        using var device = Device.Cpu(threads: 2);
        using var network = Create(name, device, training: true);
        network.Initialize(seed: 1701);
        SetInputs(network);

        var before = Loss(network);
        if (FirstLoss.TryGetValue(name, out var expected))
        {
            Assert.InRange(before / expected, 0.7, 1.4);
        }

        network.Step(RecipeOf(network).Solver);
        var after = Loss(network);
        Assert.True(after < before, $"The loss went from {before} to {after}.");
        network.Evaluate();

        Assert.All(Outputs(network), static values => Assert.True(values.Distinct().Count() > 1));
    }

    [Theory]
    [MemberData(nameof(Predicted))]
    public void It_predicts(string name)
    {
        using var device = Device.Cpu(threads: 2);
        using var network = Create(name, device, training: false);
        network.Initialize(seed: 1701);
        SetInputs(network);
        network.RunPrediction();
        Assert.NotEmpty(Outputs(network));
    }

    static List<float[]> Outputs(Network network)
    {
        var outputs = network.Definition.Predict.Outputs.Select(output => network.Output(output).ToArray()).ToList();
        Assert.All(outputs, static values => Assert.True(values.All(float.IsFinite)));
        return outputs;
    }

    static IEnumerable<string> Named(Func<long, bool> step) => typeof(LeNet).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(Network)) && !t.IsAbstract && step(StepOf(t)))
        .Select(static t => t.Name)
        .Order(StringComparer.Ordinal);

    static NetworkDefinition DefinitionOf(Type type) => (NetworkDefinition)type.GetProperty("Definition", BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)!.GetValue(null)!;

    static long StepOf(Type type) => DefinitionOf(type).Train?.MultiplyAdds ?? 0;

    static Network Create(string name, Device device, bool training)
    {
        var type = typeof(LeNet).Assembly.GetType($"NetDsl.Networks.{name}", throwOnError: true)!;
        return (Network)Activator.CreateInstance(type, device, StepOf(type) < Small ? SmallBatch : 1, training)!;
    }

    /// <summary>Running statistics say nothing before the first step, and little after it: where there are some, the loss is that of training.</summary>
    static float Loss(Network network)
    {
        if (network.Definition.Train!.Updates.Count > 0)
        {
            return network.StepGradients();
        }

        network.Evaluate();
        return network.Scalar("loss");
    }

    static Recipe RecipeOf(Network network) => (Recipe)network.GetType().GetProperty("Recipe", BindingFlags.Static | BindingFlags.Public)!.GetValue(null)!;

    /// <summary>Numbers in 0 … 1, as pixels are scaled, and labels of all classes.</summary>
    static void SetInputs(Network network)
    {
        var random = new Random(5);
        var batch = network.BatchSize;
        for (var i = 0; i < network.Definition.Inputs.Count; i++)
        {
            var input = network.Definition.Inputs[i];
            if (input.IsLabels)
            {
                network.SetLabels(i, [.. Enumerable.Range(0, input.Count * batch).Select(_ => random.Next(Math.Max(input.Classes, 2)))]);
            }
            else
            {
                network.SetInput(i, [.. Enumerable.Range(0, input.Count * batch).Select(_ => random.NextSingle())]);
            }
        }
    }
}
