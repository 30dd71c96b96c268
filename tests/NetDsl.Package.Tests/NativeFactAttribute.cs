using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace NetDsl.Package.Tests;

/// <summary>A test that compiles to machine code: skipped with the reason where the tool chain is missing, except in CI, where it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class NativeFactAttribute : FactAttribute
{
    public NativeFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Skip = Missing();
        }
    }

    static string? Missing()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return !OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64 ? "the native program is published for Linux on x64 only"
            : !Avx2.IsSupported ? "this processor has no AVX2, which the native program is published for"
            : !folders.Any(static folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc"))) ? "there is no linker: install clang or gcc"
            : null;
    }
}
