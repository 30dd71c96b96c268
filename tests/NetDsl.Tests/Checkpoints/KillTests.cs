using NetDsl.Runtime.Checkpoints;

namespace NetDsl.Tests.Checkpoints;

/// <summary>kill -9 while saving.</summary>
public sealed class KillTests : IDisposable
{
    const int Kills = 6;

    readonly TemporaryFolder folder = new();

    int HalfWritten => Directory.GetFiles(folder.Path, "*.tmp").Length;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_process_killed_while_it_saves_leaves_a_whole_file()
    {
        var halfWritten = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            using var probe = ProbeProcess.Start("save", folder.Path);
            probe.WaitFor("saved 2");
            SpinWait.SpinUntil(() => HalfWritten > 0, TimeSpan.FromSeconds(30));
            Thread.Sleep(5 * kill);
            probe.Kill();
            halfWritten += HalfWritten;
            AssertWhole(folder.File("weights.safetensors"));
        }

        Assert.True(halfWritten > 0, "no kill hit a save on the way: the test shows nothing");
    }

    [Fact]
    public void What_a_killed_process_left_is_swept()
    {
        File.WriteAllText(folder.File("weights.safetensors.0123abcd.tmp"), "half");
        File.WriteAllText(folder.File("snapshot-00000001.safetensors.0123abcd.tmp"), "half");
        File.WriteAllText(folder.File("other.safetensors.mybackup.tmp"), "the user's");
        using (var other = ProbeProcess.Start("save", folder.Path))
        {
            other.WaitFor("saved 0");
            other.Kill();
        }

        Assert.False(File.Exists(folder.File("weights.safetensors.0123abcd.tmp")));
        RunFolder.Open(folder.Path).Dispose();
        Assert.False(File.Exists(folder.File("snapshot-00000001.safetensors.0123abcd.tmp")));
        Assert.True(File.Exists(folder.File("other.safetensors.mybackup.tmp")));
    }

    [Fact]
    public void A_file_that_another_process_is_writing_is_not_swept()
    {
        var temporary = folder.File("weights.safetensors.0123abcd.tmp");
        using (File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Delete))
        {
            AtomicFile.Sweep(folder.Path, "*.safetensors");
            Assert.True(File.Exists(temporary));
        }

        AtomicFile.Sweep(folder.Path, "*.safetensors");
        Assert.False(File.Exists(temporary));
    }

    static void AssertWhole(string file)
    {
        using var reader = SafeTensorsReader.Open(file);
        var tensor = Assert.Single(reader.Header.Tensors);
        reader.Verify(tensor);
        Assert.Equal(FaultProbe.SavedValues, tensor.Count);
    }
}
