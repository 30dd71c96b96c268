using System.CommandLine;

namespace NetDsl.App;

/// <summary><c>netdsl train</c>: trains a network, with snapshots, evaluations and a plot.</summary>
static class TrainCommand
{
    public static Command Create(NetworkCatalog networks, Terminal terminal)
    {
        var network = Arguments.Network();
        var (data, device, threads, batch, seed, size) = (Arguments.Data(), Arguments.Device(), Arguments.Threads(), Arguments.Batch(), Arguments.Seed(), Arguments.Size());
        var iterations = Arguments.Count("--iterations", "Updates in all; the network's recipe says how many unless given.");
        var epochs = Arguments.Count("--epochs", "Passes over the training data, instead of --iterations.");
        var output = Arguments.Name<string?>("--out", "The folder for snapshots and the plot; a new one, runs/NETWORK, unless given.", "DIR");
        var resume = Arguments.Name<string?>("--resume", "Goes on with the run in a folder, from its latest snapshot, or with that of a snapshot file.", "DIR");
        var weights = Arguments.Name<string?>("--weights", "Starts from the weights in a file, or of a run's latest snapshot; parameters that it does not have start anew.", "FILE");
        var command = new Command("train", "Trains a network.") { network, data, iterations, epochs, batch, seed, size, device, threads, output, resume, weights };
        command.Validators.Add(result =>
        {
            foreach (var (one, other) in new (Option, Option)[] { (iterations, epochs), (resume, weights), (resume, seed) })
            {
                if (result.GetResult(one) is not null && result.GetResult(other) is not null)
                {
                    result.AddError($"{one.Name} and {other.Name} exclude each other");
                }
            }
        });
        command.SetAction(result => new TrainingRun(networks.Find(result.GetRequiredValue(network)), terminal)
        {
            DataName = result.GetValue(data),
            Iterations = result.GetValue(iterations),
            Epochs = result.GetValue(epochs),
            Batch = result.GetValue(batch),
            Seed = result.GetValue(seed),
            Size = result.GetValue(size),
            DeviceName = result.GetValue(device),
            Threads = result.GetValue(threads),
            Folder = result.GetValue(output),
            Resume = result.GetValue(resume),
            Weights = result.GetValue(weights),
        }.Run());
        return command;
    }
}
