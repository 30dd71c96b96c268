using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Tests.Ir;

/// <summary>Networks in text form, in <c>Ir/Samples</c>: small ones of each kind that the compiler has to cope with.</summary>
static class SampleGraphs
{
    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.txt").Select(static f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    public static Graph Get(string name) => GraphParser.Parse(File.ReadAllText(Path.Combine(Folder, name + ".txt")));

    static string Folder => Path.Combine(AppContext.BaseDirectory, "Ir", "Samples");
}
