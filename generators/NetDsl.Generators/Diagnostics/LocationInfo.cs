using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace NetDsl.Generators.Diagnostics;

/// <summary>A place in a file, as a value: a <see cref="Location"/> would keep its compilation alive and never compare equal.</summary>
sealed record LocationInfo(string Path, TextSpan Span, LinePositionSpan Lines)
{
    /// <summary>No place: the source is in another assembly.</summary>
    public static readonly LocationInfo None = new("", default, default);

    public static LocationInfo Of(SyntaxNodeOrToken node) => Of(node.SyntaxTree!, node.Span);

    public static LocationInfo Of(Location location) => Of(location.SourceTree!, location.SourceSpan);

    /// <summary>The location in <paramref name="trees"/>, where <c>#pragma warning</c> and editors see it, or else by its path.</summary>
    public Location ToLocation(IEnumerable<SyntaxTree> trees) =>
        trees.FirstOrDefault(t => t.FilePath == Path && Span.End <= t.Length) is { } tree ? Location.Create(tree, Span) : ToLocation();

    public Location ToLocation() => Location.Create(Path, Span, Lines);

    /// <summary>As the compiler prints it: <c>GoogLeNet.cs(40,15)</c>.</summary>
    public override string ToString() => $"{System.IO.Path.GetFileName(Path)}({Lines.Start.Line + 1},{Lines.Start.Character + 1})";

    static LocationInfo Of(SyntaxTree tree, TextSpan span) => new(tree.FilePath, span, tree.GetLineSpan(span).Span);
}
