using System.CommandLine;
using System.Globalization;
using NetDsl.App;
using NetDsl.Runtime;
using NetDsl.Solvers;

namespace NetDsl.Benchmarks.Scaling;

/// <summary><c>scaling</c>: the cost of a sample against batch, depth, image size and threads, as tables and plots.</summary>
static class ScalingCommand
{
    public static Command Create()
    {
        var seconds = new Option<double>("--seconds") { Description = "How long a point is measured.", DefaultValueFactory = static _ => 1 };
        var folder = new Option<string>("--out") { Description = "Where the plots go.", DefaultValueFactory = static _ => "." };
        var command = new Command("scaling", "Measures how the cost of a training step grows.") { seconds, folder };
        command.SetAction(result =>
        {
            Directory.CreateDirectory(result.GetValue(folder)!);
            foreach (var series in AllSeries.Create())
            {
                double[] times = [.. series.Points.Select(point => Milliseconds(point, result.GetValue(seconds)))];
                Write(series, times, Console.Out);
                ScalingPlot.Save(series, times, Path.Combine(result.GetValue(folder)!, $"scaling-{series.Name}.png"));
            }

            return 0;
        });
        return command;
    }

    /// <summary>Milliseconds a sample.</summary>
    static double Milliseconds(Point point, double seconds)
    {
        using var device = Device.Cpu(point.Threads);
        using var network = point.Create(device, point.Batch);
        var timer = new StepTimer(network, new Sgd { LearningRate = 0.01, Momentum = 0.9, WeightDecay = 5e-4 });
        timer.Measure(TimeSpan.FromSeconds(seconds / 4));
        return timer.Measure(TimeSpan.FromSeconds(seconds)).Median.TotalMilliseconds / point.Batch;
    }

    static void Write(Series series, double[] times, TextWriter output)
    {
        output.WriteLine($"{series.Subject}:");
        output.WriteLine();
        output.WriteLine($"| {series.Axis} | ms a sample | against the first | work against the first |");
        output.WriteLine("|--:|--:|--:|--:|");
        foreach (var (point, time) in series.Points.Zip(times))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {point.Value} | {time:G3} | {time / times[0]:G3} | {point.Work:G3} |"));
        }

        output.WriteLine();
    }
}
