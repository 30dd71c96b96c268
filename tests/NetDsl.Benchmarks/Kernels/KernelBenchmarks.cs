using BenchmarkDotNet.Attributes;
using NetDsl.App;
using NetDsl.Runtime;

namespace NetDsl.Benchmarks.Kernels;

/// <summary>Layers of typical shapes, each a network of its own: what a prediction costs, and forward and backward together.</summary>
public class KernelBenchmarks
{
    Device device = null!;
    Network network = null!;

    [Params("Conv3x3", "Conv1x1", "Conv5x5", "Conv7x7", "Conv7x7Exact", "Dense4096", "Dense4096InHalf", "MaxPool3x3", "Gates")]
    public string Layer { get; set; } = "";

    [Params(1, 16)]
    public int Samples { get; set; }

    [GlobalSetup]
    public void Open()
    {
        device = Device.Cpu();
        network = Layer switch
        {
            "Conv3x3" => new Conv3x3(device, Samples),
            "Conv1x1" => new Conv1x1(device, Samples),
            "Conv5x5" => new Conv5x5(device, Samples),
            "Conv7x7" => new Conv7x7(device, Samples),
            "Conv7x7Exact" => new Conv7x7Exact(device, Samples),
            "Dense4096" => new Dense4096(device, Samples),
            "Gates" => new Gates(device, Samples),
            "Dense4096InHalf" => new Dense4096InHalf(device, Samples),
            _ => new MaxPool3x3(device, Samples),
        };
        network.Initialize(seed: 1);
        MadeUpSamples.Fill(network);
    }

    [Benchmark]
    public void Forward() => network.RunPrediction();

    [Benchmark]
    public float ForwardBackward() => network.StepGradients();

    [GlobalCleanup]
    public void Close()
    {
        network.Dispose();
        device.Dispose();
    }
}
