using System.Globalization;
using System.Text.RegularExpressions;

namespace NetDsl.Generators.Ir;

/// <summary>
/// The sizes of a network whose height and width are free, while it is evaluated: gives names to those that its layers make of them, and collects what must hold for an instance. A rule that
/// compares sizes is decided at the reference; what it found must hold for the instance too, or the same message is its error.
/// </summary>
sealed class FreeSizes
{
    /// <summary>C# that a size begins with: the instance's sizes are a parameter of this name.</summary>
    public const string Prefix = "size.";

    static readonly Regex Axis = new($@"^{Regex.Escape(Prefix)}(Height|Width|Size)\d*$", RegexOptions.CultureInvariant);

    readonly List<SizeFact> facts = [];
    readonly Dictionary<string, Size> named = [];
    readonly Dictionary<string, int> counts = [];

    /// <summary>What the network names for free sizes: they are decided by it.</summary>
    public (int Height, int Width) Reference { get; set; } = (DefaultReference, DefaultReference);

    /// <summary>The usual crop of ImageNet.</summary>
    public const int DefaultReference = 224;

    public Size Height => Size.Free(Reference.Height, $"{Prefix}Height");

    public Size Width => Size.Free(Reference.Width, $"{Prefix}Width");

    public EquatableArray<SizeFact> Facts => facts.ToEquatableArray();

    /// <summary>Loss and metrics are being evaluated: what they need of a height and width, an instance that only predicts can do without.</summary>
    public bool OfEvaluation { get; set; }

    /// <summary>What the messages of conditions begin with: the stage that is being evaluated.</summary>
    public string Stage { get; set; } = "";

    /// <summary>A size as readers see it, without the parameter.</summary>
    public static string Bare(string text) => text.Replace(Prefix, "");

    /// <summary>A size in the text of an interpolated string.</summary>
    public static string Hole(Size size) => size.IsFree ? $"{{{size}}}" : size.ToString();

    /// <summary>Text in the text of an interpolated string.</summary>
    public static string Escape(string text) => text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("{", "{{").Replace("}", "}}").Replace("\r", "").Replace("\n", " ");

    /// <summary>A type in the text of an interpolated string.</summary>
    public static string Holes(TensorType type) =>
        $"[{string.Join(", ", type.Sizes.Select(Hole).Prepend(type.Batched ? "N" : "").Where(static s => s.Length > 0))}]";

    /// <summary>C# of an axis's size: height, width, or what was named here, which are all 1 or more.</summary>
    public static bool IsAxis(string factor) => Axis.IsMatch(factor);

    /// <summary>The size of an axis under a name: what is computed once, and what the shapes of buffers are read by. Every instance must have 1 or more.</summary>
    /// <param name="size">The size.</param>
    /// <param name="axis">What a message calls the axis.</param>
    public Size Named(Size size, string axis = "an axis")
    {
        if (!size.IsFree || size.IsNamed)
        {
            return size;
        }

        var text = size.ToString();
        if (!named.TryGetValue(text, out var known))
        {
            var stem = (text.Contains($"{Prefix}Height"), text.Contains($"{Prefix}Width")) switch { (true, false) => "Height", (false, true) => "Width", _ => "Size" };
            var number = counts[stem] = (counts.TryGetValue(stem, out var count) ? count : 0) + 1;
            var name = $"{stem}{number.ToString(CultureInfo.InvariantCulture)}";
            var message = Size.IsNeverLess(size, 1) ? "" : $"{Stage}{Escape(axis)} would have size {Hole(size)}";
            facts.Add(new(name, text, message) { OfEvaluation = OfEvaluation });
            named[text] = known = Size.Free(size.Value, $"{Prefix}{name}");
        }

        return known;
    }

    /// <summary>An instance must meet a condition that holds at the reference.</summary>
    /// <param name="condition">C#.</param>
    /// <param name="message">What to say else, as the text of an interpolated string.</param>
    public void Require(string condition, string message)
    {
        var fact = new SizeFact("", condition, $"{Stage}{message}") { OfEvaluation = OfEvaluation };
        if (!facts.Any(f => f.Name.Length == 0 && f.Expression == condition))
        {
            facts.Add(fact);
        }
    }

    /// <summary>Two sizes that are equal at the reference must be equal.</summary>
    /// <returns>Whether they are equal at the reference.</returns>
    public bool AreEqual(Size a, Size b, Func<string> message)
    {
        if (a == b)
        {
            return true;
        }

        if (a.Value != b.Value || (!a.IsFree && !b.IsFree))
        {
            return false;
        }

        Require($"{a} == {b}", message());
        return true;
    }
}
