using System.Runtime.CompilerServices;

namespace NetDsl.Networks.Tests.Conformance;

/// <summary>Files beside the repository: weights and outputs that real Caffe made, and data sets, whose folder <c>NETDSL_DATA</c> names unless it is <c>../shared/data</c>.</summary>
static class Shared
{
    public static string Root => Environment.GetEnvironmentVariable("NETDSL_DATA") is { Length: > 0 } data
        ? Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(data)))!
        : Path.GetFullPath(Path.Combine(Repository(), "..", "shared"));

    public static string PathOf(string path) => Path.Combine(Root, path);

    static string Repository([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}

/// <summary>A test that needs shared files: skipped with the reason where they are missing, except in CI, where it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(params string[] files)
    {
        if (Environment.GetEnvironmentVariable("CI") != "true" && files.FirstOrDefault(static f => !Path.Exists(Shared.PathOf(f))) is { } missing)
        {
            Skip = $"{missing} is not in {Shared.Root}.";
        }
    }
}
