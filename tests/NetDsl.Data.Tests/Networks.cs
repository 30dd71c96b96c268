using NetDsl.Runtime;

namespace NetDsl.Data.Tests;

/// <summary>Definitions of networks as the compiler writes them, as far as data are concerned.</summary>
static class Networks
{
    public static NetworkDefinition Classifier(params int[] image) => Create(
        "Classifier", [new("image", image, IsLabels: false), new("digit", [], IsLabels: true)], [10]);

    public static NetworkDefinition Siamese(params int[] image) => Create(
        "Siamese", [new("image", image, IsLabels: false), new("second", image, IsLabels: false), new("same", [], IsLabels: true)], [2]);

    public static NetworkDefinition Create(string name, InputDefinition[] inputs, int[] output) => new()
    {
        Name = name,
        GraphHash = "",
        Inputs = inputs,
        Parameters = [],
        ParameterSize = 0,
        Layers = [],
        Graph = "",
        Predict = new()
        {
            SampleSize = 0,
            ConstantSize = 0,
            MultiplyAdds = 0,
            Buffers = [new("output", output, Batched: true, Offset: 0, FirstUse: 0, LastUse: 0)],
            Kernels = [],
            EvaluationStart = 0,
            Outputs = ["output"],
        },
    };
}
