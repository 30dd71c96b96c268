namespace NetDsl.Data;

/// <summary>Finds a data set by its name or its folder.</summary>
public static class Datasets
{
    /// <summary>The data set that comes with the library.</summary>
    public const string Default = "embedded";

    /// <summary>The names that <see cref="Open"/> knows; anything else is a folder.</summary>
    public static IReadOnlyList<string> Names { get; } = [Default, "fashion-mnist", "mnist", "cifar10"];

    /// <summary>Reads a data set into memory.</summary>
    /// <param name="name">One of <see cref="Names"/>, or a folder with IDX files or CIFAR-10's binary files.</param>
    /// <exception cref="InvalidDataException">It is not there or damaged; the message says what is missing and how to get it.</exception>
    public static Dataset Open(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name.ToLowerInvariant() switch
        {
            Default => EmbeddedFashionMnist.Read(),
            "fashion-mnist" => IdxFolder.Read(Find("fashion-mnist", FashionMnist.Source, FashionMnist.Folder), "fashion-mnist", FashionMnist.Classes),
            "mnist" => IdxFolder.Read(Find("mnist", "the four files train-… and t10k-…-ubyte.gz of MNIST"), "mnist"),
            "cifar10" => Cifar10.Read(Find("cifar10", Cifar10.Source), "cifar10"),
            _ => ReadFolder(name),
        };
    }

    /// <summary>Where data sets that are not installed lie: the folder that the environment variable <c>NETDSL_DATA</c> names.</summary>
    static string Root => Environment.GetEnvironmentVariable("NETDSL_DATA") is { Length: > 0 } root ? root : Path.Combine("..", "shared", "data");

    static string Find(string name, string source, params string[] installed)
    {
        string[] places = [.. installed, Path.Combine(Root, name)];
        return places.FirstOrDefault(Directory.Exists) ?? throw new InvalidDataException(
            $"The data set {name} is not in {string.Join(" or ", places)}: get it ({source}) or train with --data {Default}.");
    }

    static Dataset ReadFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new InvalidDataException(File.Exists(folder)
                ? $"'{folder}' is a file; a data set of images is a folder with IDX files or CIFAR-10's binary files, or one of {string.Join(", ", Names)}."
                : $"There is no data set and no folder '{folder}'; data sets are {string.Join(", ", Names)}.");
        }

        var name = Path.GetFileName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar));
        return IdxFolder.Contains(folder) ? IdxFolder.Read(folder, name)
            : Cifar10.Contains(folder) ? Cifar10.Read(folder, name)
            : throw new InvalidDataException($"{folder} holds neither IDX files (train-images-idx3-ubyte, …) nor CIFAR-10's binary files (data_batch_1.bin, …).");
    }
}
