using System.CommandLine;

namespace NetDsl.App;

/// <summary>What is wrong with a command line, in one line.</summary>
static class UsageError
{
    public static string Describe(ParseResult result, string program)
    {
        var command = result.CommandResult.Command;
        var mistake = result.UnmatchedTokens is [var token, ..] ? Unknown(command, token) : string.Join(' ', result.Errors[0].Message.Split(Blanks, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.') + ".";
        return $"{mistake} Try '{program} {(command is RootCommand ? "" : command.Name + " ")}--help'.";
    }

    static string Unknown(Command command, string token)
    {
        var option = token.StartsWith('-');
        var known = option ? command.Options.Select(known => known.Name) : command.Subcommands.Select(known => known.Name);
        return $"There is no {(option ? "option" : command.Subcommands.Count > 0 ? "command" : "argument")} '{token}'.{Spelling.Suggest(token, known)}";
    }

    /// <summary>The parser puts tabs into some of its messages.</summary>
    static readonly char[] Blanks = [' ', '\t', '\n', '\r'];
}
