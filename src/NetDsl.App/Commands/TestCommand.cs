using System.CommandLine;
using NetDsl.Data;
using NetDsl.Runtime.Checkpoints;
using NetDsl.Training;

namespace NetDsl.App;

/// <summary><c>netdsl test</c>: what trained weights score on held-out data.</summary>
static class TestCommand
{
    public static Command Create(NetworkCatalog networks, Terminal terminal)
    {
        var (network, data, batch, device, threads, size) = (Arguments.Network(), Arguments.Data(), Arguments.Batch(), Arguments.Device(), Arguments.Threads(), Arguments.Size());
        var weights = Arguments.Name<string>("--weights", "The weights: a safetensors file, a snapshot, or a run's folder for its latest snapshot.", "FILE");
        weights.Required = true;
        var command = new Command("test", "Evaluates trained weights on the held-out half of a data set.") { network, weights, data, batch, device, threads, size };
        command.SetAction(result =>
        {
            var entry = networks.Find(result.GetRequiredValue(network)).At(result.GetValue(size));
            using var place = DeviceChoice.Open(result.GetValue(device), result.GetValue(threads));
            terminal.WriteFact("device", $"{place}");
            var chosen = DataChoice.Open(result.GetValue(data), entry, terminal);
            using var source = new PrefetchingSource(chosen.CreateTestSource(entry.Definition, new PixelScaling(entry.Recipe.Scale, entry.Recipe.Mean)));
            using var instance = entry.Create(place, result.GetValue(batch) ?? entry.Recipe.Batch, training: false);
            instance.Load(RunFolder.WeightsOf(result.GetRequiredValue(weights)));
            terminal.Output.WriteLine(Scores.Summarize(Evaluation.Run(instance, source)));
            return 0;
        });
        return command;
    }
}
