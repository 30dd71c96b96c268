namespace NetDsl.Runtime.Checkpoints;

/// <summary>Compares the parameters of a network with the tensors of a file.</summary>
static class WeightsFit
{
    const int MostNames = 8;

    /// <exception cref="CheckpointException">They do not fit; the message names every difference.</exception>
    public static void Check(Network network, SafeTensorsReader reader, bool partial)
    {
        var name = network.Definition.Name;
        var problems = new List<string>();
        List<string> unfit = [.. network.Parameters.Where(parameter => !Fits(parameter, reader.Find(parameter.Name))).Select(parameter => Difference(parameter, reader.Find(parameter.Name)!))];
        Add(problems, unfit, static names => names);
        List<string> missing = [.. network.Parameters.Select(static parameter => parameter.Name).Where(parameter => reader.Find(parameter) is null)];
        if (!partial || missing.Count == network.Parameters.Count)
        {
            Add(problems, missing, static names => $"the file lacks {names}");
        }

        if (!partial)
        {
            List<string> unknown = [.. reader.Header.Tensors.Select(static tensor => tensor.Name).Where(tensor => !network.Parameters.Contains(tensor) && !IsState(tensor))];
            Add(problems, unknown, names => $"{name} has no {names}");
        }

        if (problems.Count > 0)
        {
            throw new CheckpointException(reader.File, $"the weights do not fit {name}: {string.Join("; ", problems)}.", unfit.Concat(missing).FirstOrDefault()?.Split(' ')[0]);
        }
    }

    static bool Fits(Parameter parameter, TensorEntry? entry) =>
        entry is null || (entry.Type.IsFloatingPoint() && entry.Shape.SequenceEqual(parameter.Shape.Select(static size => (long)size)));

    static string Difference(Parameter parameter, TensorEntry entry) => entry.Type.IsFloatingPoint()
        ? $"{parameter.Name} is [{string.Join(", ", parameter.Shape)}] in the network and [{string.Join(", ", entry.Shape)}] in the file"
        : $"{parameter.Name} holds {entry.Type} values in the file, not floating-point numbers";

    static void Add(List<string> problems, List<string> names, Func<string, string> sentence)
    {
        if (names.Count > 0)
        {
            var more = names.Count > MostNames ? $" and {names.Count - MostNames} more" : "";
            problems.Add(sentence(string.Join(", ", names.Take(MostNames)) + more));
        }
    }

    static bool IsState(string tensor) => tensor.StartsWith(Weights.StatePrefix, StringComparison.Ordinal);
}
