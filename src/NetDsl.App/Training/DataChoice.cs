using NetDsl.Data;
using NetDsl.Runtime.Checkpoints;

namespace NetDsl.App;

/// <summary>Opens the data that the options, a snapshot or the network's recipe name, and says which.</summary>
static class DataChoice
{
    /// <param name="name">What the user asked for; null for what the recipe recommends, or the embedded data where that is missing.</param>
    /// <param name="network">The network that the data is for.</param>
    /// <param name="terminal">Where to say so.</param>
    public static ITrainingData Open(string? name, NetworkEntry network, Terminal terminal)
    {
        ITrainingData data = TextDataset.IsReadBy(network.Definition) ? OpenText(name, network)
            : name is not null ? Datasets.Open(name)
            : OpenRecommended(network.Recipe.Data ?? Datasets.Default, terminal);
        var fit = data.DescribeFit(network.Definition) is { } done ? $"; {done}" : "";
        terminal.WriteFact("data", $"{data.Name}, {data.Describe(network.Definition)} ({data.Origin}){fit}");
        return data;
    }

    static TextDataset OpenText(string? name, NetworkEntry network) =>
        name is null ? throw new UserException($"{network.Name} reads text, and none comes with NetDsl: give it a file with --data FILE.")
        : File.Exists(name) ? TextDataset.Read(name, network.Recipe.Text)
        : throw new UserException(Directory.Exists(name)
            ? $"'{name}' is a folder; {network.Name} reads text: give it a file with --data FILE."
            : $"There is no file '{name}'; {network.Name} reads text.");

    /// <summary>The data that a run was trained on, if it has a name of its own; a folder has to be given again.</summary>
    public static string? NameOf(Snapshot? saved) =>
        saved is null ? null : Datasets.Names.FirstOrDefault(name => saved.Progress.Data.StartsWith($"{name} (", StringComparison.Ordinal));

    static Dataset OpenRecommended(string name, Terminal terminal)
    {
        try
        {
            return Datasets.Open(name);
        }
        catch (InvalidDataException missing) when (name != Datasets.Default)
        {
            terminal.WriteFact("note", $"{missing.Message} Taken instead: {Datasets.Default}.");
            return Datasets.Open(Datasets.Default);
        }
    }
}
