namespace NetDsl.App.Tests;

/// <summary>Runs commands within the test's process on the networks of this assembly.</summary>
static class Commands
{
    public static CommandResult Run(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exitCode = new CommandLine("netdsl", NetworkCatalog.Of([typeof(Commands).Assembly]), new Terminal(output, error)).Run(args);
        return new CommandResult(exitCode, Lines(output), Lines(error));
    }

    static string[] Lines(StringWriter writer) => writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>What a command did.</summary>
sealed record CommandResult(int ExitCode, string[] Output, string[] Error)
{
    /// <summary>A command that must fail with one line.</summary>
    public void Fails(int exitCode, string message)
    {
        Assert.Equal(message, Assert.Single(Error));
        Assert.Equal(exitCode, ExitCode);
    }

    /// <summary>A command that must succeed.</summary>
    public string[] Succeeds()
    {
        Assert.Empty(Error);
        Assert.Equal(0, ExitCode);
        return Output;
    }
}
