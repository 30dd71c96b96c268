using System.CommandLine;

namespace NetDsl.App;

/// <summary><c>netdsl time</c>: how long a step takes, and each layer of it.</summary>
static class TimeCommand
{
    const double DefaultSeconds = 5;

    public static Command Create(NetworkCatalog networks, Terminal terminal)
    {
        var (network, batch, mode, seconds) = (Arguments.Network(), Arguments.Batch(), Arguments.Mode("train"), Arguments.Seconds("How long to measure; 5 unless given."));
        var (device, threads, size) = (Arguments.Device(), Arguments.Threads(), Arguments.Size());
        var command = new Command("time", "Measures a step, layer by layer.") { network, batch, mode, seconds, device, threads, size };
        command.SetAction(result =>
        {
            var entry = networks.Find(result.GetRequiredValue(network)).At(result.GetValue(size));
            var training = Arguments.IsTraining(result.GetValue(mode));
            var samples = result.GetValue(batch) ?? entry.Recipe.Batch;
            using var place = DeviceChoice.Open(result.GetValue(device), result.GetValue(threads));
            terminal.WriteFact("device", $"{place}");
            var train = training ? entry.TrainProgram : null;
            using var instance = entry.Create(place, samples, training);
            var program = train ?? instance.Definition.Predict;
            var timer = new StepTimer(instance, training ? entry.Recipe.Solver : null);
            // Looking at each kernel costs time: the summary comes from steps that are not looked at, once the first ones have compiled the code.
            var half = TimeSpan.FromSeconds((result.GetValue(seconds) ?? DefaultSeconds) / 2);
            TimeReport.WriteLayers(timer.MeasureKernels(program, half), training, terminal.Output);
            var times = timer.Measure(half);
            terminal.Output.WriteLine(TimeReport.Summarize(entry.Name, training, samples, program.MultiplyAdds, times));
            return 0;
        });
        return command;
    }
}
