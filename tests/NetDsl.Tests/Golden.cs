using System.Text.Json;

namespace NetDsl.Tests;

/// <summary>The expected values of tests/conformance/semantics_golden.json.</summary>
static class Golden
{
    static readonly JsonDocument Document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "conformance", "semantics_golden.json")));

    public static JsonElement Group(string name) => Document.RootElement.GetProperty(name);

    public static double[] Numbers(this JsonElement element) => [.. element.EnumerateArray().Select(number => number.GetDouble())];

    public static double Number(this JsonElement element, string name) => element.GetProperty(name).GetDouble();
}
