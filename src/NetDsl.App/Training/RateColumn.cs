using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetDsl.App;

/// <summary>Images a second.</summary>
/// <param name="images">Images of one iteration.</param>
sealed class RateColumn(long images) : ProgressColumn
{
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(task.Speed is { } speed ? string.Create(CultureInfo.InvariantCulture, $"{speed * images:F0} images/s") : "");
}
