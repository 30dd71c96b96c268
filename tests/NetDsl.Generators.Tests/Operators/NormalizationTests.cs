using System.Text.Json;

namespace NetDsl.Generators.Tests.Operators;

/// <summary>Normalisations within a sample against Caffe's values and against each other.</summary>
public class NormalizationTests
{
    static readonly JsonElement Golden = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "conformance", "semantics_golden.json"))).RootElement.GetProperty("mvn");

    [Fact]
    public void Mvn_adds_epsilon_outside_the_root_as_Caffe_does()
    {
        var epsilon = Golden.GetProperty("eps").GetSingle();
        double[] expected = [.. Golden.GetProperty("y").EnumerateArray().Select(static v => v.GetDouble())];
        float[] x = [.. Golden.GetProperty("x").EnumerateArray().Select(static v => v.GetSingle())];
        Close(expected, Predict($"MVN(epsilon: {epsilon}f)", "1, 4", x));
        Close([.. expected, .. expected], Predict($"MVN(epsilon: {epsilon}f)", "2, 2, 2", [.. x, .. x]));
        Close(expected, Predict($"MVN(acrossChannels: true, epsilon: {epsilon}f)", "2, 2", x));
        Close([-3, -2, 0, 5], Predict("MVN(normalizeVariance: false)", "1, 4", x));
    }

    [Fact]
    public void Equal_values_give_zero()
    {
        float[] x = [3, 3, 3, 3];
        foreach (var stage in new[] { "MVN()", "MVN(acrossChannels: true)", "LayerNorm()", "GroupNorm(1)", "GroupNorm(2)" })
        {
            Close([0, 0, 0, 0], Predict(stage, "2, 2", x));
        }

        Close([0, 0, 0, 0], Predict("Normalize()", "2, 2", new float[4]));
    }

    [Fact]
    public void One_group_is_layer_normalisation_and_as_many_as_channels_normalise_each()
    {
        float[] x = [.. Enumerable.Range(0, 24).Select(static i => MathF.Sin(i * i))];
        Close([.. Predict("LayerNorm()", "4, 3, 2", x).Select(static v => (double)v)], Predict("GroupNorm(1)", "4, 3, 2", x));
        Close([.. Predict("MVN()", "4, 3, 2", x).Select(static v => (double)v)], Predict("GroupNorm(4, epsilon: 1e-12f)", "4, 3, 2", x));
    }

    [Fact]
    public void Normalize_gives_vectors_of_length_one()
    {
        Close([0.6, 1, 0.8, 0], Predict("Normalize()", "2, 2", [3, 2, 4, 0]));
        Close([0.5, -0.5, 0.5, 0.5], Predict("Normalize(acrossPositions: true)", "2, 2", [3, -3, 3, 3]));
        Close([12, 20, 16, 0], Predict("Normalize() >> Fill(Scale(), Filler.Constant(20))", "2, 2", [3, 2, 4, 0]));
    }

    static float[] Predict(string stage, string shape, float[] x) => PoolingTests.Predict(stage, shape, x);

    static void Close(double[] expected, float[] actual) => Assert.All(expected.Zip(actual, (e, a) => (e, a)).Append((expected.Length, actual.Length)), static p => Assert.Equal(p.Item1, p.Item2, 1e-5));
}
