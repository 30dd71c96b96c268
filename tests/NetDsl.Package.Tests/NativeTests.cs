using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace NetDsl.Package.Tests;

/// <summary>A prediction program compiled to machine code: small, without ILGPU, and right to the last bit.</summary>
public sealed class NativeTests : IDisposable
{
    const long MostBytes = 5_000_000;

    readonly string folder = Directory.CreateTempSubdirectory("netdsl-native-").FullName;

    [NativeFact]
    public void A_native_program_is_small_and_predicts_the_same_bits()
    {
        var project = Path.Combine(Repository(), "tests", "NetDsl.Native");
        var (exitCode, output) = DotnetCommand.Run(project, "publish", "-c", "Release", "-o", folder, "-v", "q", "--nologo");
        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain("warning IL", output, StringComparison.Ordinal);

        var program = Path.Combine(folder, "NetDsl.Native");
        Assert.InRange(new FileInfo(program).Length, 1, MostBytes);
        var compiled = Path.Combine(project, "bin", "Release", "net10.0", "linux-x64", "NetDsl.Native.dll");
        foreach (var network in (string[])["LeNet", "GoogLeNet"])
        {
            var native = Run(program, network);
            Assert.StartsWith(network, native, StringComparison.Ordinal);
            Assert.Contains("256-bit vectors", native, StringComparison.Ordinal);
            Assert.Equal(Run("dotnet", compiled, network), native);
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static string Run(string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true };

        // The native program is published for AVX2, so that is what the other one gets, whatever this processor has.
        start.Environment["DOTNET_EnableAVX512"] = "0";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    static string Repository([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));
}
