using System.Text;
using CsCheck;
using NetDsl.Runtime;
using NetDsl.Training;

namespace NetDsl.Data.Tests;

/// <summary>Whatever lies in a data set's files: it is read to its last sample, or refused in a sentence, without more memory than a multiple of the files' size.</summary>
public class LoaderFuzzTests
{
    const int Record = 3073;

    static readonly NetworkDefinition Reader = Networks.Create(
        "Reader", [new("text", [3], IsLabels: true, Classes: 0) { EvaluationOnly = false }, new("next", [3], IsLabels: true, Classes: 0)], [5]);

    static readonly Gen<byte[]> Text = Gen.OneOf(
        Gen.Byte.Array[0, 200],
        Gen.String[0, 120].Select(static text => Encoding.UTF8.GetBytes(text)),
        Gen.Char["ab \n\r'-é"].Array[0, 200].Select(static letters => Encoding.UTF8.GetBytes(letters)));

    [Theory]
    [InlineData(TextUnit.Characters)]
    [InlineData(TextUnit.Words)]
    public void Texts(TextUnit unit)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("text.txt");
        Text.Sample(bytes =>
        {
            File.WriteAllBytes(file, bytes);
            Survives(Reader, bytes.Length, () => TextDataset.Read(file, unit));
        }, iter: 1_000, threads: 1);
    }

    [Fact]
    public void Folders_of_IDX_files()
    {
        using var folder = new TemporaryFolder();
        IdxBytes.WriteFolder(folder.Path);
        string[] names = [.. Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal)];
        byte[][] sound = [.. names.Select(File.ReadAllBytes)];
        byte[][] files = [.. sound, .. sound.Select(IdxBytes.Compress), []];
        var damage = Gen.Select(Gen.Int[0, files.Length - 1], Gen.Select(Gen.Int[0, 60], Gen.Byte).Array[0, 2]);
        Gen.Select(damage, damage, Gen.Int[0, names.Length - 1], Gen.Int[0, names.Length - 1]).Sample((first, second, one, other) =>
        {
            for (var i = 0; i < names.Length; i++)
            {
                File.WriteAllBytes(names[i], sound[i]);
            }

            File.WriteAllBytes(names[one], Damaged(first));
            File.WriteAllBytes(names[other], Damaged(second));
            Survives(Networks.Classifier(1, 2, 2), 1000, () => Datasets.Open(folder.Path));
        }, iter: 500, threads: 1);

        byte[] Damaged((int File, (int At, byte Value)[] Changes) damage)
        {
            var bytes = files[damage.File].ToArray();
            foreach (var (at, value) in damage.Changes.Where(change => change.At < bytes.Length))
            {
                bytes[at] = value;
            }

            return bytes;
        }
    }

    [Fact]
    public void Folders_of_CIFAR_files()
    {
        using var folder = new TemporaryFolder();
        string[] names = [.. Enumerable.Range(1, 5).Select(i => folder.File($"data_batch_{i}.bin")), folder.File("test_batch.bin")];
        Gen.Select(Gen.Int[0, 5], Gen.Int[-2, 2], Gen.Int[0, 2], Gen.Byte[0, 12]).Sample((file, more, records, label) =>
        {
            foreach (var name in names)
            {
                File.WriteAllBytes(name, new byte[Record]);
            }

            var bytes = new byte[Math.Max(0, (records * Record) + more)];
            bytes.AsSpan(0, Math.Min(1, bytes.Length)).Fill(label);
            File.WriteAllBytes(names[file], bytes);
            Survives(Networks.Classifier(3, 32, 32), 7 * Record, () => Datasets.Open(folder.Path));
        }, iter: 100, threads: 1);
    }

    static void Survives(NetworkDefinition network, int bytes, Func<ITrainingData> open)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var data = open();
            ReadAll(data.CreateTrainingSource(network, PixelScaling.Unit, seed: 5));
            ReadAll(data.CreateTestSource(network, PixelScaling.Unit));
        }
        catch (InvalidDataException refusal)
        {
            Assert.Matches("^[^\n]+\\.$", refusal.Message);
        }

        // What reading costs at least: buffers of a file, and of a compressed one the first piece.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (5 << 20) + (1000L * bytes));
    }

    static void ReadAll(IBatchSource source)
    {
        var batch = new SampleBatch(source.Fields, 2);
        for (var read = 0; read < source.Count + 1; read += 2)
        {
            source.Read(batch);
        }

        Assert.True(source.Position >= source.Count);
    }
}
