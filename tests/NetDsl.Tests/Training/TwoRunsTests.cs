using NetDsl.Runtime.Checkpoints;
using NetDsl.Tests.Checkpoints;

namespace NetDsl.Tests.Training;

/// <summary>Two runs and one folder.</summary>
public sealed class TwoRunsTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_second_process_refuses_the_folder_and_gets_it_when_the_first_is_killed()
    {
        using var first = ProbeProcess.Start("hold", folder.Path);
        first.WaitFor("held");
        using (var second = ProbeProcess.Start("train", folder.Path, "10"))
        {
            second.WaitForEnd();
            Assert.Equal(1, second.ExitCode);
            Assert.Contains("another run is using this folder", Assert.Single(second.Errors.Trim().Split('\n')), StringComparison.Ordinal);
        }

        Assert.Contains("another run", Assert.Throws<CheckpointException>(() => RunFolder.Open(folder.Path)).Message, StringComparison.Ordinal);
        first.Kill();
        using var third = ProbeProcess.Start("train", folder.Path, "10");
        third.WaitForEnd();
        Assert.Equal(0, third.ExitCode);
    }

    [Fact]
    public void One_process_cannot_take_it_twice()
    {
        using var first = RunFolder.Open(folder.Path);
        Assert.Throws<CheckpointException>(() => RunFolder.Open(folder.Path));
    }
}
