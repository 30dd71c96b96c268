using BenchmarkDotNet.Attributes;
using NetDsl.App;
using NetDsl.Networks;
using NetDsl.Runtime;
using NetDsl.Solvers;

namespace NetDsl.Benchmarks.Kernels;

/// <summary>A training step: forward, loss, backward, update with momentum and weight decay. It must allocate nothing.</summary>
public class TrainingStepBenchmarks
{
    // At a learning rate of 0 the update does its full work and changes nothing, so made-up samples lead nowhere.
    readonly Sgd solver = new() { LearningRate = 0, Momentum = 0.9, WeightDecay = 5e-4 };
    Device device = null!;
    Network network = null!;

    [Params("LeNet", "CifarQuick", "LstmClassifier", "SmallInception")]
    public string Name { get; set; } = "";

    [Params(1, 0)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Open()
    {
        device = Device.Cpu(Threads);
        network = Name switch
        {
            "LeNet" => new LeNet(device, batch: 64),
            "CifarQuick" => new CifarQuick(device, batch: 100),
            "LstmClassifier" => new LstmClassifier(device, batch: 32),
            _ => new SmallInception(device, batch: 64),
        };
        network.Initialize(seed: 1);
        MadeUpSamples.Fill(network);
    }

    [Benchmark]
    public float Step() => network.Step(solver);

    [GlobalCleanup]
    public void Close()
    {
        network.Dispose();
        device.Dispose();
    }
}
