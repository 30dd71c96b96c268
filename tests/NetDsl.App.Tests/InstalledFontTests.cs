using NetDsl.Data.Tests;

namespace NetDsl.App.Tests;

public sealed class InstalledFontTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("DejaVuSans.ttf", "Aardvark.ttf", "LiberationSans-Regular.ttf", "DejaVuSans.ttf")]
    [InlineData("NotoSans-Regular.ttf", "Aardvark.ttf", "NotoSans-Regular.ttf")]
    [InlineData("Aardvark.ttf", "Zebra.ttf", "Aardvark.ttf")]
    [InlineData(null, "readme.txt")]
    public void A_plain_font_is_preferred_and_any_is_taken(string? taken, params string[] files)
    {
        var fonts = Directory.CreateDirectory(folder.File("truetype/some")).FullName;
        foreach (var file in files)
        {
            File.WriteAllText(Path.Combine(fonts, file), "");
        }

        Assert.Equal(taken, Path.GetFileName(InstalledFont.Find([folder.File("nowhere"), folder.Path])));
    }
}
