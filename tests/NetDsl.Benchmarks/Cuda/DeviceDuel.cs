using System.Diagnostics;
using NetDsl.App;
using NetDsl.Runtime;
using NetDsl.Solvers;

namespace NetDsl.Benchmarks.Cuda;

/// <summary>What came of a network on two devices: differences by their length, of the values' length.</summary>
/// <param name="Prediction">How far the outputs lie apart after the steps.</param>
/// <param name="Loss">How far the losses of three steps lie apart, at most; NaN without a loss.</param>
/// <param name="Gradients">How far the gradients of the first step lie apart, at most, over the parameters; NaN without a loss.</param>
/// <param name="Farthest">The parameter of which that is true.</param>
/// <param name="First">The first step, in which kernels are compiled.</param>
/// <param name="Times">The steps after it.</param>
sealed record DuelResult(double Prediction, double Loss, double Gradients, string Farthest, TimeSpan First, StepTimes Times);

/// <summary>A network on the CPU and on another device: same parameters, same samples.</summary>
sealed class DeviceDuel(NetworkEntry entry, Device cpu, Device other, int batch)
{
    public DuelResult Run(TimeSpan duration)
    {
        var training = entry.Definition.Train is not null;
        using var ours = entry.Create(cpu, batch, training);
        using var theirs = entry.Create(other, batch, training);
        foreach (var network in (Network[])[ours, theirs])
        {
            network.Initialize(seed: 1);
            MadeUpSamples.Fill(network);
        }

        var (loss, gradients, farthest) = (double.NaN, double.NaN, "");
        var start = Stopwatch.GetTimestamp();
        TimeSpan? first = null;
        if (training)
        {
            var solver = new Sgd { LearningRate = 1e-3, Momentum = 0.9, WeightDecay = 5e-4 };
            var firstLoss = theirs.StepGradients();
            first = Stopwatch.GetElapsedTime(start);
            loss = Apart([ours.StepGradients()], [firstLoss]);
            (gradients, farthest) = ours.Parameters
                .Select((parameter, i) => (Apart(parameter.Gradient, theirs.Parameters[i].Gradient), parameter.Name))
                .Max();
            for (var i = 0; i < 2; i++)
            {
                loss = Math.Max(loss, Apart([ours.Step(solver)], [theirs.Step(solver)]));
            }
        }

        // After the steps: a statistic that no step has written says nothing.
        theirs.RunPrediction();
        first ??= Stopwatch.GetElapsedTime(start);
        ours.RunPrediction();
        var prediction = ours.Definition.Predict.Outputs.Max(output => Apart(ours.Output(output), theirs.Output(output)));
        return new(prediction, loss, gradients, farthest, first.Value, new StepTimer(theirs, training ? entry.Recipe.Solver : null).Measure(duration));
    }

    /// <summary>The length of the difference, of the length. Equal values that are not numbers do not lie apart.</summary>
    static double Apart(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        var (length, apart) = (1e-60, 0.0);
        for (var i = 0; i < expected.Length; i++)
        {
            if (!expected[i].Equals(actual[i]))
            {
                apart += float.IsFinite(actual[i]) ? Math.Pow(expected[i] - (double)actual[i], 2) : double.PositiveInfinity;
            }

            length += float.IsFinite(expected[i]) ? Math.Pow(expected[i], 2) : 0;
        }

        return Math.Sqrt(apart / length);
    }
}
