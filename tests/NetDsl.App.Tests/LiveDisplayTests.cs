using NetDsl.Data.Tests;
using Spectre.Console;

namespace NetDsl.App.Tests;

public class LiveDisplayTests
{
    [Fact]
    public void A_terminal_shows_a_bar_with_the_rate_and_keeps_the_evaluations()
    {
        using var folder = new TemporaryFolder();
        Squares.Write(folder.File("squares"));
        var (output, screen) = (new StringWriter(), new StringWriter());
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(screen),
        });
        console.Profile.Width = 120;
        var exitCode = new CommandLine("netdsl", NetworkCatalog.Of([typeof(Linear).Assembly]), new Terminal(output, output, console))
            .Run(["train", "Linear", "--data", folder.File("squares"), "--out", folder.File("run"), "--iterations", "5000"]);
        Assert.Equal(0, exitCode);
        Assert.Contains("iteration 100  held out  accuracy ", screen.ToString(), StringComparison.Ordinal);
        Assert.Contains("100%", screen.ToString(), StringComparison.Ordinal);
        Assert.Contains("images/s", screen.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("accuracy 1.0000", output.ToString().Split('\n')[^2], StringComparison.Ordinal);
    }
}
