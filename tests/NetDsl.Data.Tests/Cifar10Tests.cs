using NetDsl.Training;

namespace NetDsl.Data.Tests;

public class Cifar10Tests
{
    const int Record = 3073;

    /// <summary>Each file has two records; record r of all has label r % 10 and bytes r.</summary>
    static void Write(TemporaryFolder folder)
    {
        string[] files = [.. Enumerable.Range(1, 5).Select(i => $"data_batch_{i}.bin"), "test_batch.bin"];
        for (var file = 0; file < files.Length; file++)
        {
            var bytes = new byte[2 * Record];
            for (var record = 0; record < 2; record++)
            {
                bytes.AsSpan(record * Record, Record).Fill((byte)((2 * file) + record));
                bytes[record * Record] = (byte)(((2 * file) + record) % 10);
            }
            File.WriteAllBytes(folder.File(files[file]), bytes);
        }
    }

    [Fact]
    public void Records_are_read()
    {
        using var folder = new TemporaryFolder();
        Write(folder);
        var data = Datasets.Open(folder.Path);
        Assert.Equal((10, 2), (data.Train.Count, data.Test.Count));
        Assert.Equal("frog", data.Classes[6]);
        var source = data.CreateTestSource(Networks.Classifier(3, 32, 32), PixelScaling.Unit);
        var batch = new SampleBatch(source.Fields, 2);
        source.Read(batch);
        Assert.Equal([0, 1], batch.Labels(1).ToArray());
        Assert.All(batch.Values(0)[..3072].ToArray(), value => Assert.Equal(10f / 256, value));
    }

    [Fact]
    public void A_truncated_file_is_named_with_its_offset()
    {
        using var folder = new TemporaryFolder();
        Write(folder);
        var file = folder.File("data_batch_3.bin");
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^1]);
        var fault = Assert.Throws<InvalidDataException>(() => Datasets.Open(folder.Path));
        Assert.Equal($"{file}: at byte 3073 the file ends within a record; a record has 3,073 bytes.", fault.Message);
    }

    [Fact]
    public void A_label_out_of_range_is_named()
    {
        using var folder = new TemporaryFolder();
        Write(folder);
        var file = folder.File("test_batch.bin");
        var bytes = File.ReadAllBytes(file);
        bytes[Record] = 77;
        File.WriteAllBytes(file, bytes);
        var fault = Assert.Throws<InvalidDataException>(() => Datasets.Open(folder.Path));
        Assert.Equal("Sample 1 of the test split has label 77, but there are 10 classes (0 to 9).", fault.Message);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var folder = new TemporaryFolder();
        Write(folder);
        File.Delete(folder.File("data_batch_2.bin"));
        var fault = Assert.Throws<InvalidDataException>(() => Datasets.Open(folder.Path));
        Assert.StartsWith($"{folder.File("data_batch_2.bin")} is missing; CIFAR-10's binary version consists of data_batch_1.bin,", fault.Message, StringComparison.Ordinal);
    }
}
