using System.Diagnostics;
using System.Globalization;

namespace NetDsl.Tests;

/// <summary>A running <see cref="FaultProbe"/>, with the lines it has written.</summary>
sealed class ProbeProcess : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly Process process;
    readonly List<string> lines = [];
    readonly Task errors;

    ProbeProcess(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        process = Process.Start(start)!;
        errors = Task.Run(async () => Errors = await process.StandardError.ReadToEndAsync());
    }

    /// <summary>The same .NET that runs the tests, wherever it lies.</summary>
    public static string DotNet => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";

    public static string Assembly => typeof(FaultProbe).Assembly.Location;

    public string Errors { get; private set; } = "";

    public IReadOnlyList<string> Lines => lines;

    public int ExitCode => process.ExitCode;

    public static ProbeProcess Start(params string[] arguments) => new(new ProcessStartInfo(DotNet, [Assembly, .. arguments]));

    public static ProbeProcess Shell(string command) => new(new ProcessStartInfo("sh", ["-c", command]));

    /// <summary>Reads until a line that begins so.</summary>
    public string WaitFor(string beginning)
    {
        var watch = Stopwatch.StartNew();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            lines.Add(line);
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return line;
            }

            Assert.True(watch.Elapsed < Patience, $"no '{beginning}' within {Patience}");
        }

        process.WaitForExit();
        errors.Wait();
        throw new InvalidOperationException($"The probe ended with code {ExitCode} before it wrote '{beginning}': {Errors}");
    }

    public ProbeProcess WaitForEnd()
    {
        while (process.StandardOutput.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        Assert.True(process.WaitForExit(Patience), "the probe does not end");
        errors.Wait();
        return this;
    }

    /// <summary>SIGKILL: no handler runs.</summary>
    public void Kill()
    {
        process.Kill();
        WaitForEnd();
    }

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-s", name, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
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
