using ScottPlot;

namespace NetDsl.App;

/// <summary>The picture of a run: losses on the left axis, other scores on the right.</summary>
static class TrainingPlot
{
    const int Width = 1000;
    const int Height = 600;
    const string HeldOutLoss = TrainingLog.HeldOut + "loss";

    public static void Save(IReadOnlyList<LogRow> rows, string network, string path)
    {
        using var plot = new Plot();
        plot.Title(network);
        plot.XLabel("iteration");
        plot.YLabel("loss");
        foreach (var curve in rows.GroupBy(row => row.Name))
        {
            var scatter = plot.Add.Scatter(curve.Select(row => (double)row.Iteration).ToArray(), curve.Select(row => row.Value).ToArray());
            scatter.LegendText = curve.Key;
            scatter.MarkerSize = curve.Key == TrainingLog.TrainingLoss ? 0 : 6;
            if (curve.Key is not (TrainingLog.TrainingLoss or HeldOutLoss))
            {
                scatter.Axes.YAxis = plot.Axes.Right;
                plot.Axes.Right.Label.Text = curve.Key;
            }
        }
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.ShowLegend(Edge.Bottom);
        plot.SavePng(path, Width, Height);
    }
}
