using System.CommandLine;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetDsl.Benchmarks.Compare;

/// <summary><c>compare</c>: runs other libraries and NetDsl in turn and prints the ratios as a Markdown table.</summary>
static class CompareCommand
{
    /// <summary>The first argument that makes this program the command <c>netdsl</c>: our side is a process too.</summary>
    public const string Own = "netdsl";

    public static Command Create()
    {
        var networks = new Argument<string[]>("networks") { Description = "Networks to compare; all of the table unless given.", Arity = ArgumentArity.ZeroOrMore };
        var rounds = new Option<int>("--rounds") { Description = "How often each side is measured.", DefaultValueFactory = static _ => 3 };
        var seconds = new Option<double>("--seconds") { Description = "How long a measurement lasts.", DefaultValueFactory = static _ => 4 };
        var threads = new Option<int>("--threads") { Description = "Threads of both sides.", DefaultValueFactory = static _ => Environment.ProcessorCount };
        var train = new Option<bool>("--train-only") { Description = "Leaves predictions out." };
        var peer = new Option<string?>("--peer")
        {
            Description = "The peer's command; unless given, tests/NetDsl.Peers is built and run. {library} {network} {mode} {batch} {layout} {seconds} {threads} are put in, or added behind it.",
        };
        var command = new Command("compare", "Measures NetDsl and its peers in turn.") { networks, rounds, seconds, threads, train, peer };
        command.SetAction(result =>
        {
            var names = result.GetValue(networks) ?? [];
            if (names.Except(ComparedNetwork.All.Select(static row => row.Network)).FirstOrDefault() is { } unknown)
            {
                Console.Error.WriteLine($"'{unknown}' is not compared; these are: {string.Join(", ", ComparedNetwork.All.Select(static row => row.Network))}.");
                return 2;
            }

            var comparison = new Comparison(
                result.GetValue(peer) ?? BuildPeers(), result.GetValue(rounds), result.GetValue(seconds), result.GetValue(threads), result.GetValue(train));
            comparison.Write([.. ComparedNetwork.All.Where(row => names.Length == 0 || names.Contains(row.Network))], Console.Out);
            return 0;
        });
        return command;
    }

    static string BuildPeers([CallerFilePath] string file = "")
    {
        var project = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "NetDsl.Peers"));
        Console.Error.WriteLine("building NetDsl.Peers; the first time, its packages take 1.6 GB …");
        using var build = Process.Start(new ProcessStartInfo("dotnet", ["build", project, "-c", "Release", "-v", "quiet", "--nologo"]) { RedirectStandardOutput = true })!;
        Console.Error.Write(build.StandardOutput.ReadToEnd());
        build.WaitForExit();
        return $"dotnet {Path.Combine(project, "bin", "Release", "net10.0", RuntimeInformation.RuntimeIdentifier, "NetDsl.Peers.dll")}";
    }
}
