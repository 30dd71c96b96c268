namespace NetDsl.Runtime.Checkpoints;

/// <summary>Saves and loads a network's parameters, by name, as safetensors.</summary>
public static class Weights
{
    /// <summary>Names that begin so are a run's memory beside the parameters; they are nobody's weights.</summary>
    internal const string StatePrefix = "state/";

    /// <summary>Writes all parameters. The file appears whole or not at all.</summary>
    /// <exception cref="CheckpointException">A parameter is NaN or infinite, or the file cannot be written; what was there before is intact.</exception>
    public static void Save(Network network, string path) => Save(network, path, new Dictionary<string, string>());

    /// <summary>Sets all parameters from a file: one that NetDsl wrote, a snapshot, or one by another program with the same names and shapes.</summary>
    /// <exception cref="CheckpointException">The file is damaged or does not fit; the network is as before.</exception>
    public static void Load(Network network, string path)
    {
        using var reader = SafeTensorsReader.Open(path);
        Load(network, reader, partial: false);
    }

    /// <summary>
    /// For fine-tuning: sets the parameters that a file has, and leaves the others as they are. A parameter that is to start anew although the file
    /// has another shape under its name needs another name.
    /// </summary>
    /// <returns>The names of the parameters that were left.</returns>
    /// <exception cref="CheckpointException">The file is damaged, a shape does not fit, or it has no parameter of this network; the network is as before.</exception>
    public static IReadOnlyList<string> LoadMatching(Network network, string path)
    {
        using var reader = SafeTensorsReader.Open(path);
        return Load(network, reader, partial: true);
    }

    internal static void Save(Network network, string path, IReadOnlyDictionary<string, string> metadata) =>
        SafeTensorsWriter.Write(path, Sources(network), new Dictionary<string, string>(metadata)
        {
            ["network"] = network.Definition.Name,
            ["graph"] = network.Definition.GraphHash,
        });

    internal static IReadOnlyList<TensorSource> Sources(Network network) =>
        [.. network.Parameters.Select(static parameter => new TensorSource(parameter.Name, parameter.Shape, () => parameter.Data))];

    /// <summary>Everything is checked, checksums included, before the first parameter is touched.</summary>
    internal static IReadOnlyList<string> Load(Network network, SafeTensorsReader reader, bool partial)
    {
        WeightsFit.Check(network, reader, partial);
        List<(Parameter Parameter, TensorEntry Entry)> found =
            [.. network.Parameters.Where(parameter => reader.Find(parameter.Name) is not null).Select(parameter => (parameter, reader.Find(parameter.Name)!))];
        found.ForEach(pair => reader.Verify(pair.Entry));
        found.ForEach(pair => reader.Read(pair.Entry, pair.Parameter.Data));
        return [.. network.Parameters.Select(static parameter => parameter.Name).Except(found.Select(static pair => pair.Parameter.Name))];
    }
}
