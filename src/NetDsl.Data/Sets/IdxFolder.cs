using System.Text.RegularExpressions;

namespace NetDsl.Data;

/// <summary>
/// A folder with the four IDX files of a data set, plain or compressed, named as MNIST's: <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c>,
/// <c>t10k-images-idx3-ubyte</c> (or <c>test-…</c>), <c>t10k-labels-idx1-ubyte</c>.
/// </summary>
static class IdxFolder
{
    static readonly Regex FileName = new(@"(?<split>train|t10k|test)-(?<content>images|labels)[.-]idx\d-ubyte(\.gz)?$", RegexOptions.ExplicitCapture);

    public static bool Contains(string folder) => Directory.EnumerateFiles(folder).Any(file => FileName.IsMatch(file));

    /// <exception cref="InvalidDataException">A file is missing or damaged.</exception>
    public static Dataset Read(string folder, string name, IReadOnlyList<string>? classes = null)
    {
        var files = Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToArray();
        var train = ReadSplit(folder, files, "train", "train");
        var test = ReadSplit(folder, files, "test", "t10k", "test");
        if (!train.Images.Shape.SequenceEqual(test.Images.Shape))
        {
            throw new InvalidDataException($"{folder}: the images to train on are {string.Join('×', train.Images.Shape)}, those to test on {string.Join('×', test.Images.Shape)}.");
        }

        classes ??= [.. Enumerable.Range(0, 1 + Math.Max(HighestLabel(train), HighestLabel(test))).Select(label => $"{label}")];
        train.CheckLabels(classes.Count);
        test.CheckLabels(classes.Count);
        return new Dataset(name, classes, train, test) { Origin = folder };
    }

    static int HighestLabel(DataSplit split)
    {
        byte highest = 0;
        foreach (var label in split.Labels.Bytes.Span)
        {
            highest = Math.Max(highest, label);
        }

        return highest;
    }

    static DataSplit ReadSplit(string folder, string[] files, string name, params string[] prefixes)
    {
        var images = IdxReader.Read(Find(folder, files, prefixes, "images"));
        var labels = IdxReader.Read(Find(folder, files, prefixes, "labels"));
        return IdxSplit.Create(name, images, labels);
    }

    static string Find(string folder, string[] files, string[] prefixes, string content) =>
        files.FirstOrDefault(file => FileName.Match(file) is { Success: true } match
            && prefixes.Contains(match.Groups["split"].Value) && match.Groups["content"].Value == content)
        ?? throw new InvalidDataException($"{folder}: there is no file {prefixes[0]}-{content}-idx{(content == "images" ? 3 : 1)}-ubyte or …-ubyte.gz.");
}
