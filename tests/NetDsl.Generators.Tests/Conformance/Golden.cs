using System.Globalization;
using System.Text.Json;

namespace NetDsl.Generators.Tests.Conformance;

/// <summary>The expected values of tests/conformance/semantics_golden.json.</summary>
static class Golden
{
    static readonly JsonElement Root = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "conformance", "semantics_golden.json"))).RootElement;

    public static JsonElement Group(string name) => Root.GetProperty(name);

    public static int Integer(this JsonElement element, string name) => element.GetProperty(name).GetInt32();

    public static double Number(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    /// <summary>A number as a literal of C#.</summary>
    public static string Literal(this JsonElement element, string name) => element.Number(name).ToString(CultureInfo.InvariantCulture) + "f";

    /// <summary>The numbers of nested lists, in row-major order.</summary>
    public static double[] Numbers(this JsonElement element, string name) => [.. Numbers(element.GetProperty(name))];

    /// <summary>The lengths of nested lists.</summary>
    public static int[] Shape(this JsonElement element, string name)
    {
        var sizes = new List<int>();
        for (var list = element.GetProperty(name); list.ValueKind == JsonValueKind.Array; list = list[0])
        {
            sizes.Add(list.GetArrayLength());
        }

        return [.. sizes];
    }

    static IEnumerable<double> Numbers(JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Numbers) : [element.GetDouble()];
}
