using ScottPlot;

namespace NetDsl.Benchmarks.Scaling;

/// <summary>A series as a picture: both axes logarithmic, and the line on which cost grows as work does.</summary>
static class ScalingPlot
{
    public static void Save(Series series, double[] times, string path)
    {
        using var plot = new Plot();
        double[] values = [.. series.Points.Select(static point => Math.Log2(point.Value))];
        var measured = plot.Add.Scatter(values, [.. times.Select(static time => Math.Log10(time))]);
        measured.LegendText = "measured";
        var linear = plot.Add.Scatter(values, [.. series.Points.Select(point => Math.Log10(times[^1] * point.Work / series.Points[^1].Work))]);
        linear.LegendText = "as the work grows";
        linear.LinePattern = LinePattern.Dashed;
        linear.MarkerSize = 0;
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual(values, [.. series.Points.Select(static point => $"{point.Value}")]);
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic
        {
            IntegerTicksOnly = true,
            LabelFormatter = static exponent => Math.Pow(10, exponent).ToString("G3", System.Globalization.CultureInfo.InvariantCulture),
        };
        plot.XLabel(series.Axis);
        plot.YLabel("ms a sample");
        plot.Title(series.Subject);
        plot.ShowLegend();
        plot.SavePng(path, 640, 400);
    }
}
