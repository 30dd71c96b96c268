using NetDsl.Runtime;
using NetDsl.Runtime.Checkpoints;
using NetDsl.Tests.Runtime;
using NetDsl.Tests.Training;
using NetDsl.Training;

namespace NetDsl.Tests.Checkpoints;

/// <summary>Snapshots whose checksums are right and whose text is not: what a run reads from one is refused in a sentence, or the run goes on.</summary>
public sealed class SnapshotFuzzTests : IDisposable
{
    static readonly string[] Values = ["", " ", "-1", "0", "1", "7.5", "1e9", "NaN", "∞", "x", "2147483647", "9223372036854775807", "18446744073709551615", "99999999999999999999", "8x8", "0x0"];

    readonly TemporaryFolder folder = new();
    readonly Device device = Device.Cpu(threads: 1);

    public void Dispose()
    {
        device.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Any_text_in_place_of_another_is_refused_in_a_sentence_or_the_run_goes_on()
    {
        var sound = Sound();
        List<TensorSource> tensors = [];
        Dictionary<string, string> text;
        using (var reader = SafeTensorsReader.Open(sound))
        {
            text = new(reader.Header.Metadata);
            foreach (var tensor in reader.Header.Tensors)
            {
                var values = new float[tensor.Count];
                reader.Read(tensor, values);
                tensors.Add(new(tensor.Name, [.. tensor.Shape.Select(static size => (int)size)], () => values));
            }
        }

        var refused = 0;
        var file = folder.File("changed.safetensors");
        foreach (var key in text.Keys.Append("size").Append("solver.new"))
        {
            foreach (var value in Values)
            {
                SafeTensorsWriter.Write(file, tensors, new Dictionary<string, string>(text) { [key] = value });
                try
                {
                    Assert.InRange(GoOn(file), 2, int.MaxValue);
                }
                catch (CheckpointException refusal)
                {
                    refused++;
                    Assert.StartsWith($"{file}: ", refusal.Message, StringComparison.Ordinal);
                }
            }
        }

        Assert.True(refused > 100, $"only {refused} were refused");
    }

    string Sound()
    {
        using var network = new Regression(device, batch: 16);
        using var run = RunFolder.Open(folder.File("run"));
        network.Initialize(seed: 3);
        return new Trainer(network, FaultProbe.Recipe(5), new RegressionSource(100), new RegressionSource(30, "held out"), run).Run().Snapshot!;
    }

    /// <summary>Two more iterations, however many there were.</summary>
    int GoOn(string file)
    {
        using var network = new Regression(device, batch: 16);
        network.Initialize(seed: 9);
        var trainer = new Trainer(network, FaultProbe.Recipe(int.MaxValue) with { TestInterval = 0, SnapshotInterval = 0 }, new RegressionSource(100), heldOut: null);
        _ = Snapshot.Read(file).Size;
        trainer.Resume(file);
        var last = trainer.Iteration + 2;
        trainer.Stepped += step =>
        {
            if (step.Iteration >= last)
            {
                trainer.Stop();
            }
        };
        return trainer.Iteration == int.MaxValue ? int.MaxValue : trainer.Run().Iteration;
    }
}
