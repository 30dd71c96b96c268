namespace NetDsl.Data;

/// <summary>
/// CIFAR-10 in its binary version: 50,000 + 10,000 colour images, 32×32, in ten classes (Krizhevsky, 2009). Each record is a label and 3×32×32 bytes.
/// </summary>
static class Cifar10
{
    public const string Source = "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz";

    const int ImageLength = 3 * 32 * 32;
    const int RecordLength = 1 + ImageLength;

    static readonly string[] Classes = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];
    static readonly string[] TrainFiles = [.. Enumerable.Range(1, 5).Select(i => $"data_batch_{i}.bin")];
    static readonly string[] TestFiles = ["test_batch.bin"];

    public static bool Contains(string folder) => File.Exists(Path.Combine(folder, TestFiles[0]));

    /// <exception cref="InvalidDataException">A file is missing or damaged.</exception>
    public static Dataset Read(string folder, string name)
    {
        var train = ReadSplit(folder, "train", TrainFiles);
        var test = ReadSplit(folder, "test", TestFiles);
        return new Dataset(name, Classes, train, test) { Origin = folder };
    }

    static DataSplit ReadSplit(string folder, string name, string[] files)
    {
        byte[][] records = [.. files.Select(file => ReadRecords(Path.Combine(folder, file)))];
        var count = records.Sum(file => file.Length / RecordLength);
        var (images, labels, sample) = (new byte[count * ImageLength], new byte[count], 0);
        foreach (var file in records)
        {
            for (var offset = 0; offset < file.Length; offset += RecordLength, sample++)
            {
                labels[sample] = file[offset];
                file.AsSpan(offset + 1, ImageLength).CopyTo(images.AsSpan(sample * ImageLength));
            }
        }

        var split = new DataSplit(name, new SampleArray("image", [3, 32, 32], images), new SampleArray("label", [], labels));
        split.CheckLabels(Classes.Length);
        return split;
    }

    static byte[] ReadRecords(string path)
    {
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"{path} is missing; CIFAR-10's binary version consists of {string.Join(", ", [.. TrainFiles, .. TestFiles])}.");
        }

        var bytes = File.ReadAllBytes(path);
        if (bytes.Length == 0 || bytes.Length % RecordLength != 0)
        {
            throw new InvalidDataException($"{path}: at byte {bytes.Length - (bytes.Length % RecordLength)} the file ends within a record; a record has {RecordLength:N0} bytes.");
        }

        return bytes;
    }
}
