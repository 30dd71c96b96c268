using Snapshooter;
using Snapshooter.Xunit;

namespace NetDsl.Generators.Tests;

/// <summary>
/// Compares texts with the files in <c>__snapshots__</c> beside the test. A difference leaves the new text in <c>__snapshots__/__mismatch__</c>: to accept
/// it, copy it over the old one, and say why it changed in the commit. With <c>SNAPSHOOTER_STRICT_MODE=true</c>, as in <c>.ci/run</c>, a missing file is
/// a failure too; otherwise it is written.
/// </summary>
static class Snapshots
{
    public static void Match(string name, string text) => Snapshot.Match(text, new SnapshotNameExtension(name));
}
