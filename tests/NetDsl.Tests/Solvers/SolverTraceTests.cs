using NetDsl.Solvers;

namespace NetDsl.Tests.Solvers;

/// <summary>Five updates of two weights, against the traces of Caffe's formulas.</summary>
public unsafe class SolverTraceTests
{
    const double Rate = 0.1;
    const double Decay = 0.01;

    public static TheoryData<string, Solver> Traces => new()
    {
        { "SGD", new Sgd { LearningRate = Rate, WeightDecay = Decay, Momentum = 0.9 } },
        { "Nesterov", new Nesterov { LearningRate = Rate, WeightDecay = Decay, Momentum = 0.9 } },
        { "AdaGrad", new AdaGrad { LearningRate = Rate, WeightDecay = Decay } },
        { "RMSProp", new RmsProp { LearningRate = Rate, WeightDecay = Decay, Decay = 0.9 } },
        { "AdaDelta", new AdaDelta { LearningRate = Rate, WeightDecay = Decay, Momentum = 0.9 } },
        { "Adam", new Adam { LearningRate = Rate, WeightDecay = Decay } },
    };

    [Theory]
    [MemberData(nameof(Traces))]
    public void Five_steps_agree_with_Caffe(string name, Solver solver) =>
        Agrees(Golden.Group("solvers").GetProperty("weights_after_each_step").GetProperty(name), Trace(solver, accumulated: 1));

    [Fact]
    public void L1_decay_agrees_with_Caffe() =>
        Agrees(Golden.Group("solvers").GetProperty("SGD_L1"), Trace(
            new Sgd { LearningRate = Rate, WeightDecay = Decay, Momentum = 0.9, Regularization = Regularization.L1 }, accumulated: 1));

    [Theory]
    [InlineData("SGD_clip_1", 1)]
    [InlineData("SGD_iter_size_4_clip_1", 4)]
    public void Clipping_comes_before_averaging(string name, int accumulated) =>
        Agrees(Golden.Group("solvers").GetProperty(name), Trace(
            new Sgd { LearningRate = Rate, WeightDecay = Decay, Momentum = 0.9, ClipNorm = 1 }, accumulated));

    static void Agrees(System.Text.Json.JsonElement expected, List<float[]> actual)
    {
        Assert.Equal(5, expected.GetArrayLength());
        foreach (var (step, weights) in expected.EnumerateArray().Zip(actual))
        {
            foreach (var (wanted, weight) in step.Numbers().Zip(weights))
            {
                Assert.Equal(wanted, weight, 2e-6);
            }
        }
    }

    static List<float[]> Trace(Solver solver, int accumulated)
    {
        var golden = Golden.Group("solvers");
        using var weights = new AlignedFloats(golden.GetProperty("w0").Numbers());
        using var first = new AlignedFloats(0, 0);
        using var second = new AlignedFloats(0, 0);
        var trace = new List<float[]>();
        foreach (var step in golden.GetProperty("grads").EnumerateArray())
        {
            double[] numbers = [.. step.Numbers().Select(gradient => gradient * accumulated)];
            using var gradients = new AlignedFloats(numbers);
            solver.Update(
                new UpdateRange
                {
                    Weights = weights.Pointer,
                    Gradients = gradients.Pointer,
                    History0 = solver.HistoryCount > 0 ? first.Pointer : null,
                    History1 = solver.HistoryCount > 1 ? second.Pointer : null,
                    Count = 2,
                    Rate = 2,
                    Decay = 0.5f,
                },
                new UpdateStep(trace.Count, accumulated, Math.Sqrt(numbers.Sum(g => g * g))));
            trace.Add(weights.Span.ToArray());
        }

        return trace;
    }
}
