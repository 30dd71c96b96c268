using System.Diagnostics;

namespace NetDsl.Tests.Checkpoints;

/// <summary>A file system of one megabyte that fills up, in a namespace of its own.</summary>
public sealed class FullDiskTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SmallDiskFact]
    public void A_full_disk_is_one_line_and_the_old_snapshot_is_intact()
    {
        using var probe = ProbeProcess.Shell(SmallDiskFactAttribute.Command(folder.Path, $"exec {ProbeProcess.DotNet} {ProbeProcess.Assembly} fill {folder.Path}"));
        probe.WaitForEnd();
        Assert.Equal(1, probe.ExitCode);

        // The snapshot at 7 fills the disk; the one at 14 fails and training goes on; the last one fails for good.
        var failure = Assert.Single(probe.Lines, line => line.StartsWith("failed at 14: ", StringComparison.Ordinal));
        Assert.Contains("the disk is full (", failure, StringComparison.Ordinal);
        Assert.Contains("intact", failure, StringComparison.Ordinal);
        Assert.Single(probe.Errors.Trim().Split('\n'));
        Assert.Contains("snapshot-00000020.safetensors", probe.Errors, StringComparison.Ordinal);
        Assert.Contains("left .lock snapshot-00000007.safetensors", probe.Lines);
        Assert.Contains("intact 7", probe.Lines);
    }
}

/// <summary>Runs only where a small file system can be mounted.</summary>
sealed class SmallDiskFactAttribute : FactAttribute
{
    static readonly Lazy<bool> Works = new(() =>
    {
        using var folder = new TemporaryFolder();
        try
        {
            using var shell = Process.Start("sh", ["-c", Command(folder.Path, "true") + " 2>/dev/null"]);
            shell.WaitForExit();
            return shell.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    });

    public SmallDiskFactAttribute() => Skip = Works.Value ? null : "This system lets nobody mount a small file system (unshare -rm, mount -t tmpfs).";

    public static string Command(string folder, string command) =>
        $"unshare --map-root-user --mount sh -c 'mount -t tmpfs -o size=1m tmpfs {folder} && {command}'";
}
