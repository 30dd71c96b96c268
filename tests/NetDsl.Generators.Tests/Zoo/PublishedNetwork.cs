using System.Globalization;
using System.Text.Json;

namespace NetDsl.Generators.Tests.Zoo;

/// <summary>A layer of a published network: <paramref name="Kind"/> is Caffe's type, the shapes are without the batch.</summary>
sealed record PublishedLayer(string Name, string Kind, int Inputs, string Shape, string Weights, long MultiplyAdds, JsonElement Settings)
{
    /// <summary>A setting as text, or the default that Caffe has for it.</summary>
    public string Setting(string name, string otherwise) =>
        Settings.ValueKind == JsonValueKind.Object && Settings.TryGetProperty(name, out var value) ? value.ToString() : otherwise;

    /// <summary>A setting as a number, rounded so that 0.69999999 is 0.7.</summary>
    public string Number(string name, double otherwise = 0) =>
        Math.Round(double.Parse(Setting(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture), 6).ToString(CultureInfo.InvariantCulture);

    /// <summary>The factors of weights and biases, or nothing where the prototxt leaves them out.</summary>
    public IReadOnlyList<double> Factors(string name) => Settings.ValueKind == JsonValueKind.Object && Settings.TryGetProperty(name, out var values)
        ? [.. values.EnumerateArray().Select(static v => v.GetDouble())]
        : [];
}

/// <summary>A network as it was published: tests/conformance/architectures.json.</summary>
sealed record PublishedNetwork(long Parameters, long MultiplyAdds, IReadOnlyList<PublishedLayer> Layers)
{
    static readonly JsonElement Networks =
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "conformance", "architectures.json"))).RootElement.GetProperty("nets");

    /// <summary>The settings of a crop, of which some prototxts have none.</summary>
    public bool HasOffsets => Layers.All(static l => l.Kind != "Crop" || l.Setting("offset", "").Length > 0);

    /// <summary>
    /// Multiply-adds where the published count is that of Caffe's layers taken one by one: the scores of a sequence are counted for each of its steps, and the product of an
    /// input that is the same in all steps once, as it is computed.
    /// </summary>
    public long Corrected => MultiplyAdds + Layers.Sum(l => l.Shape.Split('×') is [var time, _] ? (long.Parse(time, CultureInfo.InvariantCulture) - 1) * (l.Kind switch
    {
        "InnerProduct" => l.MultiplyAdds,
        "LSTM" when l.Weights.Split(' ') is [_, _, var constant, _] => -constant.Split('×').Aggregate(1L, static (product, size) => product * long.Parse(size, CultureInfo.InvariantCulture)),
        _ => 0,
    }) : 0);

    public static PublishedNetwork Of(string name)
    {
        var network = Networks.GetProperty(name);
        return new(
            network.GetProperty("params").GetInt64(),
            network.GetProperty("macs_per_image").GetInt64(),
            [.. network.GetProperty("layers").EnumerateArray().Select(Layer)]);
    }

    static PublishedLayer Layer(JsonElement layer) => new(
        layer.GetProperty("n").GetString()!,
        layer.GetProperty("t").GetString()!,
        layer.GetProperty("b").GetArrayLength(),
        // A sequence of Caffe's is [T, N, …], here [N, T, …].
        string.Join("×", layer.GetProperty("s").EnumerateArray().ToList() is [var time, { } batch, var units] && batch.GetInt32() == 1 ? [time, units] : layer.GetProperty("s").EnumerateArray().Skip(1)),
        layer.TryGetProperty("w", out var weights) ? string.Join(" ", weights.EnumerateArray().Select(static w => string.Join("×", w.EnumerateArray()))) : "",
        layer.TryGetProperty("m", out var multiplyAdds) ? multiplyAdds.GetInt64() : 0,
        layer.TryGetProperty("c", out var settings) ? settings : default);
}
