using System.Diagnostics;

namespace NetDsl.App.Tests;

/// <summary>The command <c>netdsl</c> as a process of its own.</summary>
sealed class NetdslProcess : IDisposable
{
    readonly Process process;
    readonly Task<string> error;
    readonly List<string> output = [];

    NetdslProcess(Process process)
    {
        this.process = process;
        error = process.StandardError.ReadToEndAsync();
    }

    /// <param name="folder">Where it runs.</param>
    /// <param name="args">Its arguments.</param>
    public static NetdslProcess Start(string folder, params string[] args) => Start(folder, DotNet, [Program, .. args]);

    /// <summary>The same in a shell's line, where <c>netdsl</c> stands for the command and its arguments: with redirections, pipes, limits.</summary>
    public static NetdslProcess Shell(string folder, string line, params string[] args) =>
        Start(folder, "sh", ["-c", line.Replace("netdsl", "\"$0\" \"$@\"", StringComparison.Ordinal), DotNet, Program, .. args]);

    static string DotNet => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";

    static string Program => Path.Combine(AppContext.BaseDirectory, "NetDsl.Cli.dll");

    static NetdslProcess Start(string folder, string command, IEnumerable<string> args) => new(Process.Start(new ProcessStartInfo(command, args)
    {
        WorkingDirectory = folder,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!);

    /// <summary>Runs a command to its end.</summary>
    public static CommandResult Run(string folder, params string[] args)
    {
        using var netdsl = Start(folder, args);
        return netdsl.Finish();
    }

    /// <summary>Reads lines until one begins so.</summary>
    public void ReadUntil(string beginning)
    {
        while (process.StandardOutput.ReadLine() is { } line)
        {
            output.Add(line);
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"No line began with '{beginning}':\n{string.Join('\n', output)}\n{error.Result}");
    }

    public void Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        kill.WaitForExit();
    }

    public CommandResult Finish()
    {
        output.AddRange(process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        process.WaitForExit();
        return new CommandResult(process.ExitCode, [.. output], error.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }
}
