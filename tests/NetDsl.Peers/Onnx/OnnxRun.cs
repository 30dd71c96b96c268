using Microsoft.ML.OnnxRuntime;

namespace NetDsl.Peers.Onnx;

/// <summary>Measures a prediction of ONNX Runtime's.</summary>
static class OnnxRun
{
    public static void Measure(string name, PeerNetwork network, int batch, double seconds, int threads)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        };
        using var session = new InferenceSession(OnnxModel.Write(network, batch).ToArray(), options);
        var random = new Random(1);
        var count = network.InputShape.Aggregate(batch, static (product, size) => product * size);
        var samples = new float[count];
        for (var i = 0; i < count; i++)
        {
            samples[i] = random.NextSingle();
        }

        using var input = OrtValue.CreateTensorValueFromMemory(samples, [batch, .. network.InputShape.Select(static size => (long)size)]);
        using var run = new RunOptions();
        var (names, values, outputs) = (session.InputNames, new[] { input }, session.OutputNames);
        StepTiming.Run($"onnx {name} predict", batch, seconds, () =>
        {
            using var results = session.Run(run, names, values, outputs);
        });
    }
}
