using System.Diagnostics;
using NetDsl.App;
using NetDsl.Runtime;
using NetDsl.Solvers;

namespace NetDsl.Benchmarks.Cuda;

/// <summary>What came of a network on two devices.</summary>
/// <param name="Prediction">How far the outputs lie apart, of the largest value of each.</param>
/// <param name="Loss">How far the losses of two steps lie apart, of the loss; NaN without a loss.</param>
/// <param name="Parameters">How far the parameters lie apart after two steps, of what the steps changed in each; NaN without a loss.</param>
/// <param name="First">The first step, in which kernels are compiled.</param>
/// <param name="Times">The steps after it.</param>
sealed record DuelResult(double Prediction, double Loss, double Parameters, TimeSpan First, StepTimes Times);

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

        ours.RunPrediction();
        var start = Stopwatch.GetTimestamp();
        theirs.RunPrediction();
        var first = Stopwatch.GetElapsedTime(start);
        var prediction = ours.Definition.Predict.Outputs.Max(output => Apart(ours.Output(output), theirs.Output(output)));
        var (loss, parameters) = (double.NaN, double.NaN);
        if (training)
        {
            float[][] before = [.. ours.Parameters.Select(static parameter => parameter.Data.ToArray())];
            var solver = new Sgd { LearningRate = 1e-3, Momentum = 0.9, WeightDecay = 5e-4 };
            start = Stopwatch.GetTimestamp();
            var firstLoss = theirs.Step(solver);
            first = Stopwatch.GetElapsedTime(start);
            loss = Math.Max(Apart([ours.Step(solver)], [firstLoss]), Apart([ours.Step(solver)], [theirs.Step(solver)]));
            parameters = before.Select((start, i) => Apart(Change(ours.Parameters[i], start), Change(theirs.Parameters[i], start))).Max();
        }

        return new(prediction, loss, parameters, first, new StepTimer(theirs, training ? entry.Recipe.Solver : null).Measure(duration));
    }

    static float[] Change(Parameter parameter, float[] before)
    {
        var change = parameter.Data.ToArray();
        for (var i = 0; i < change.Length; i++)
        {
            change[i] -= before[i];
        }

        return change;
    }

    /// <summary>The largest difference, of the largest value. Equal values that are not numbers do not lie apart.</summary>
    static double Apart(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        var (largest, apart) = (1e-30, 0.0);
        for (var i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected[i]));
            apart = expected[i].Equals(actual[i]) ? apart : Math.Max(apart, float.IsFinite(actual[i]) ? Math.Abs(expected[i] - (double)actual[i]) : double.PositiveInfinity);
        }

        return apart / largest;
    }
}
