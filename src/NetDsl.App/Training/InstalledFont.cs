using ScottPlot;
using SkiaSharp;

namespace NetDsl.App;

/// <summary>
/// A font of this machine, for all text of a plot. The drawing library's build for Linux that needs nothing installed does not look for fonts itself;
/// elsewhere it does.
/// </summary>
sealed class InstalledFont(SKTypeface typeface) : IFontResolver
{
    /// <summary>How to get one.</summary>
    public const string Source = "apt-get install fonts-dejavu-core";

    static readonly string[] Folders =
    [
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "fonts"),
        "/usr/local/share/fonts",
        "/usr/share/fonts",
    ];

    static readonly string[] Preferred = ["DejaVuSans", "LiberationSans-Regular", "NotoSans-Regular"];

    /// <summary>Makes plots use it; false if there is none, and plots have no text.</summary>
    public static bool Install()
    {
        if (!OperatingSystem.IsLinux() || Fonts.FontResolvers is [InstalledFont, ..])
        {
            return true;
        }

        var found = Find(Folders) is { } file ? SKTypeface.FromFile(file) : null;
        if (found is not null)
        {
            Fonts.FontResolvers.Insert(0, new InstalledFont(found));
        }

        return found is not null;
    }

    /// <summary>The file of one of the preferred fonts, else of any.</summary>
    internal static string? Find(IEnumerable<string> folders)
    {
        string[] files = [.. folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.ttf", Everywhere)).Order(StringComparer.Ordinal)];
        return Preferred.Select(name => files.FirstOrDefault(file => Path.GetFileNameWithoutExtension(file) == name)).FirstOrDefault(file => file is not null)
            ?? files.FirstOrDefault();
    }

    static EnumerationOptions Everywhere => new() { RecurseSubdirectories = true, IgnoreInaccessible = true };

    public SKTypeface CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) => typeface;

    public SKTypeface CreateTypeface(string fontName, bool bold, bool italic) => typeface;
}
