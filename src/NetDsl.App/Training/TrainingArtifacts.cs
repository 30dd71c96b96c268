namespace NetDsl.App;

/// <summary>Leaves the log and the plot of a run beside its snapshots. That neither can be written is no reason to fail: the training is done.</summary>
static class TrainingArtifacts
{
    public static void Write(TrainingLog log, string network, string folder, Terminal terminal)
    {
        var plot = Path.Combine(folder, "training.png");
        try
        {
            log.Write();
            var hasText = InstalledFont.Install();
            TrainingPlot.Save(log.Rows, network, plot);
            terminal.WriteFact("plot", hasText ? plot : $"{plot}, without text: this machine has no font ({InstalledFont.Source})");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or TypeInitializationException or DllNotFoundException)
        {
            terminal.Error.WriteLine($"{plot} could not be written: {(fault.InnerException ?? fault).Message}");
        }
    }
}
