using System.Runtime.CompilerServices;

namespace NetDsl.Data.Tests;

/// <summary>Data sets of this machine; <c>NETDSL_DATA</c> names their folder, beside the repository unless set.</summary>
static class RealData
{
    /// <summary>Why a data set cannot be read, or null if it is there.</summary>
    public static string? Missing(string name) => Directory.Exists(Folder(name)) ? null : $"The data set {name} is not in {Folder(name)}.";

    public static string Folder(string name) => name == "fashion-mnist" ? "/usr/share/datasets/fashion-mnist" : Path.Combine(Root, name);

    static string Root => Environment.GetEnvironmentVariable("NETDSL_DATA") is { Length: > 0 } root ? root : Path.GetFullPath(Path.Combine(Repository(), "..", "shared", "data"));

    static string Repository([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));
}
