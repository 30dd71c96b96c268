using Spectre.Console;

namespace NetDsl.App;

/// <summary>Where the commands write: results to the output, mistakes to the error stream, progress to a terminal if there is one.</summary>
/// <param name="output">Results.</param>
/// <param name="error">Mistakes.</param>
/// <param name="console">A live terminal; null where the output goes to a file or a pipe.</param>
sealed class Terminal(TextWriter output, TextWriter error, IAnsiConsole? console = null)
{
    public TextWriter Output { get; } = output;

    public TextWriter Error { get; } = error;

    /// <summary>Null where the output goes to a file or a pipe.</summary>
    public IAnsiConsole? Console { get; } = console;

    /// <summary>A line of what is known before a command begins its work: <c>seed  1701</c>.</summary>
    public void WriteFact(string name, string value) => Output.WriteLine($"{name,-8} {value}");

    /// <summary>The process's own.</summary>
    public static Terminal Open() => new(
        System.Console.Out,
        System.Console.Error,
        System.Console.IsOutputRedirected || AnsiConsole.Profile.Capabilities is not { Ansi: true } ? null : AnsiConsole.Console);
}
