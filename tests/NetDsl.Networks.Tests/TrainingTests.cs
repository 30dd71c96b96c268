using System.Reflection;
using NetDsl.Runtime;
using NetDsl.Solvers;

namespace NetDsl.Networks.Tests;

/// <summary>
/// Each network that the zoo's project compiles: it begins where it must, a step of its own recipe lowers the loss, and it predicts. Where a step takes many
/// seconds, as on images of 500×500, it predicts only, and takes its step on a small image where it may have any size.
/// </summary>
public class TrainingTests
{
    /// <summary>Samples of a small network's batch; a large one has a single sample.</summary>
    const int SmallBatch = 16;

    /// <summary>Multiply-adds of one sample's step up to which a network is small.</summary>
    const long Small = 1_000_000_000;

    /// <summary>Multiply-adds of one sample's step that may be taken a few times more.</summary>
    const long Repeatable = 20_000_000_000;

    /// <summary>Multiply-adds of one sample's step that are too many to wait for.</summary>
    const long Large = 80_000_000_000;

    /// <summary>How many softmax losses over the classes a network adds up: auxiliary ones with a weight of 0.3, and one for each of twenty words.</summary>
    static readonly Dictionary<string, double> Heads = new() { ["GoogLeNet"] = 1.6, ["SmallInception"] = 1.3, ["LstmLanguageModel"] = 20, ["Lrcn"] = 20 };

    /// <summary>Networks that add errors of boxes to their softmax loss.</summary>
    static readonly string[] WithBoxes = ["PNet", "RNet", "ONet"];

    public static TheoryData<string> Trained => [.. Named(static step => step < Large)];

    public static TheoryData<string> Repeated => [.. Named(static step => step is > 0 and < Repeatable)];

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
        BeginsAtChance(network, before);
        network.Step(RecipeOf(network).Solver);
        var after = Loss(network);
        Assert.True(after < before, $"The loss went from {before} to {after}.");
        network.Evaluate();

        Assert.All(Outputs(network), static values => Assert.True(values.Distinct().Count() > 1));
    }

    /// <summary>Of the calling thread, which does what the others do, and more.</summary>
    [Theory]
    [MemberData(nameof(Repeated))]
    public void A_step_allocates_nothing(string name)
    {
        using var device = Device.Cpu(threads: 2);
        using var network = Create(name, device, training: true);
        var solver = RecipeOf(network).Solver;
        network.Initialize(seed: 1701);
        SetInputs(network);
        network.Step(solver);

        // Another test's garbage collection may cut this thread's allocation buffer while it is measured: then it is measured again.
        var allocated = AllocatedByAStep();
        for (var again = 0; allocated > 0 && again < 2; again++)
        {
            allocated = AllocatedByAStep();
        }

        Assert.Equal(0, allocated);

        long AllocatedByAStep()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            network.Step(solver);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    /// <summary>A network of any size that is large at the published one takes its step on a small image.</summary>
    [Theory]
    [InlineData("Fcn32s", 16), InlineData("Fcn16s", 16), InlineData("Fcn8s", 16), InlineData("Fcn8sAtOnce", 16), InlineData("CrfRnn", 16)]
    [InlineData("DeepLabLargeFov", 65), InlineData("DeepLabMscLargeFov", 65), InlineData("DeepLabAspp", 65), InlineData("UNet", 188)]
    public void A_step_on_a_small_image_lowers_the_loss(string name, int size)
    {
        using var device = Device.Cpu(threads: 2);
        using var network = (Network)Activator.CreateInstance(typeof(LeNet).Assembly.GetType($"NetDsl.Networks.{name}", throwOnError: true)!, device, 1, size, size, true)!;
        network.Initialize(seed: 1701);
        SetInputs(network);
        var before = Loss(network);
        var perPixel = network.Definition.Name.StartsWith("DeepLab", StringComparison.Ordinal) || name == "UNet";
        BeginsAtChance(network, perPixel ? before : before / network.Definition.Inputs[1].Count);

        // FCN's rates are for VGG's trained features and sums over 250,000 pixels: what they change here is less than a float shows. A mean field's own matrices have much steeper gradients.
        network.Step(perPixel ? RecipeOf(network).Solver : new Sgd { LearningRate = name == "CrfRnn" ? 1e-7f : 1e-4f });
        var after = Loss(network);
        Assert.True(after < before, $"The loss went from {before} to {after}.");
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

    /// <summary>A softmax over classes that no score favours yet: ln C for each.</summary>
    static void BeginsAtChance(Network network, double loss)
    {
        if (network.Definition.Inputs.Max(static i => i.Classes) is > 0 and var classes)
        {
            var expected = Math.Log(classes) * Heads.GetValueOrDefault(network.Definition.Name, 1);
            Assert.InRange(loss / expected, 0.7, WithBoxes.Contains(network.Definition.Name) ? 5 : 1.4);
        }
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
