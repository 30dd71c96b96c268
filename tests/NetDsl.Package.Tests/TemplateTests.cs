namespace NetDsl.Package.Tests;

/// <summary>What <c>dotnet new netdsl</c> gives: a program that builds, trains and predicts as it is.</summary>
public sealed class TemplateTests : IDisposable
{
    readonly UserProject project = new();

    [Fact]
    public void A_new_program_learns_at_once()
    {
        var folder = project.Create("netdsl", "Hello");
        var (exitCode, output) = DotnetCommand.Run(folder, "run", "-c", "Release");
        Assert.True(exitCode == 0, output);
        Assert.Contains("step 500", output, StringComparison.Ordinal);
        Assert.Matches(@"accuracy (1\.00|0\.9\d)", output);
        Assert.True(File.Exists(Path.Combine(folder, "spiral.safetensors")));
    }

    public void Dispose() => project.Dispose();
}
