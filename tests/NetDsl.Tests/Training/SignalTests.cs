using NetDsl.Runtime.Checkpoints;
using NetDsl.Tests.Checkpoints;

namespace NetDsl.Tests.Training;

/// <summary>Signals, sent to a real process.</summary>
public sealed class SignalTests : IDisposable
{
    const int Endless = 1_000_000;

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void The_first_signal_stops_with_a_snapshot_of_that_iteration(string signal)
    {
        using var probe = ProbeProcess.Start("train", folder.Path, $"{Endless}");
        probe.WaitFor("iteration 5");
        probe.Signal(signal);
        probe.WaitForEnd();
        Assert.Equal(0, probe.ExitCode);
        var iteration = int.Parse(probe.Lines.Single(line => line.StartsWith("stopped ", StringComparison.Ordinal)).Split(' ')[1]);
        Assert.InRange(iteration, 5, Endless - 1);
        Assert.Equal(iteration, Snapshot.Read(RunFolder.Latest(folder.Path)).Progress.Iteration);

        using var resumed = ProbeProcess.Start("train", folder.Path, $"{iteration + 3}", FaultProbe.Resume);
        resumed.WaitFor($"resumed {iteration}");
        resumed.WaitForEnd();
        Assert.Contains($"finished {iteration + 3}", resumed.Lines);
    }

    [Fact]
    public void A_hangup_takes_a_snapshot_and_training_goes_on()
    {
        using var probe = ProbeProcess.Start("train", folder.Path, $"{Endless}", FaultProbe.OnlyWhenAsked);
        probe.WaitFor("iteration 3");
        probe.Signal("HUP");
        var file = probe.WaitFor("snapshot ").Split(' ', 2)[1];
        Assert.InRange(Snapshot.Read(file).Progress.Iteration, 3, Endless - 1);
        probe.WaitFor("iteration ");
        probe.Kill();
    }

    [Fact]
    public void A_second_signal_ends_the_process_at_once()
    {
        using var probe = ProbeProcess.Start("hang", folder.Path);
        probe.WaitFor("hangs");
        probe.Signal("INT");
        probe.WaitFor("stopping");
        probe.Signal("INT");
        probe.WaitForEnd();
        Assert.Equal(130, probe.ExitCode);
    }
}
