using System.Reflection;
using NetDsl.Runtime;

namespace NetDsl.Networks.Tests;

/// <summary>Each network that the zoo's project compiles: it begins where it must, a step of its own recipe lowers the loss, and it predicts.</summary>
public class TrainingTests
{
    const int Batch = 16;

    static readonly Dictionary<string, double> FirstLoss = new()
    {
        // A softmax over classes that no score favours: ln C.
        ["LeNet"] = Math.Log(10), ["CifarQuick"] = Math.Log(10), ["CifarFull"] = Math.Log(10), ["NinCifar"] = Math.Log(10), ["CifarFullSigmoidBn"] = Math.Log(10), ["LstmClassifier"] = Math.Log(10),
        ["CharLstm"] = Math.Log(65), ["LstmLanguageModel"] = 20 * Math.Log(8801), ["Lrcn"] = 20 * Math.Log(8801),
        ["SmallInception"] = 1.3 * Math.Log(10), ["LogisticRegression"] = Math.Log(2), ["NonlinearLogisticRegression"] = Math.Log(2),
    };

    public static TheoryData<string> Names =>
        [.. typeof(LeNet).Assembly.GetTypes().Where(static t => t.IsSubclassOf(typeof(Network)) && !t.IsAbstract).Select(static t => t.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_lowers_the_loss_from_where_it_begins(string name)
    {
        using var device = Device.Cpu(threads: 2);
        using var network = Create(name, device);
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

        var outputs = network.Definition.Predict.Outputs.Select(output => network.Output(output).ToArray()).ToList();
        Assert.All(outputs, static values => Assert.All(values, static value => Assert.True(float.IsFinite(value))));
        Assert.All(outputs, static values => Assert.True(values.Distinct().Count() > 1));
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

    static Network Create(string name, Device device) =>
        (Network)Activator.CreateInstance(typeof(LeNet).Assembly.GetType($"NetDsl.Networks.{name}", throwOnError: true)!, device, Batch, true)!;

    static Recipe RecipeOf(Network network) => (Recipe)network.GetType().GetProperty("Recipe", BindingFlags.Static | BindingFlags.Public)!.GetValue(null)!;

    /// <summary>Numbers in 0 … 1, as pixels are scaled, and labels of all classes.</summary>
    static void SetInputs(Network network)
    {
        var random = new Random(5);
        for (var i = 0; i < network.Definition.Inputs.Count; i++)
        {
            var input = network.Definition.Inputs[i];
            if (input.IsLabels)
            {
                network.SetLabels(i, [.. Enumerable.Range(0, input.Count * Batch).Select(_ => random.Next(Math.Max(input.Classes, 2)))]);
            }
            else
            {
                network.SetInput(i, [.. Enumerable.Range(0, input.Count * Batch).Select(_ => random.NextSingle())]);
            }
        }
    }
}
