using NetDsl.Generators.Emit;

namespace NetDsl.Generators.Frontend;

/// <summary>The source of a method that other assemblies may evaluate.</summary>
/// <param name="Id">The documentation comment id of the method.</param>
/// <param name="Usings">The usings of its file.</param>
/// <param name="Declaration">The namespace and a class that stands for the method's own.</param>
sealed record EmbeddedMethod(string Id, string Usings, string Declaration)
{
    /// <summary>The attribute that embeds it.</summary>
    /// <param name="globalUsings">The usings in force in all files.</param>
    public string ToAttribute(string globalUsings) =>
        $"[assembly: global::NetDsl.BlockSource({Literal.Of(Id)},\n{Literal.Raw(globalUsings + Usings + Declaration)})]\n";
}
