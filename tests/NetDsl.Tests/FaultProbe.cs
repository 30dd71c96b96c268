using NetDsl.Runtime;
using NetDsl.Runtime.Checkpoints;
using NetDsl.Solvers;
using NetDsl.Tests.Runtime;
using NetDsl.Tests.Training;
using NetDsl.Training;

namespace NetDsl.Tests;

/// <summary>A process of its own for the tests that kill, signal or starve one: <c>dotnet NetDsl.Tests.dll TASK FOLDER</c>.</summary>
static class FaultProbe
{
    public const int SavedValues = 1 << 20;
    public const string Resume = "resume";
    public const string OnlyWhenAsked = "snapshots-only-when-asked";

    public static int Main(string[] arguments)
    {
        try
        {
            return arguments switch
            {
                ["save", var folder] => Save(folder),
                ["train", var folder, var iterations, .. var options] => Train(folder, int.Parse(iterations), options),
                ["hold", var folder] => Hold(folder),
                ["hang", var folder] => Hang(folder),
                ["fill", var folder] => Fill(folder),
                _ => 2,
            };
        }
        catch (CheckpointException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 1;
        }
    }

    /// <summary>Never stops saving.</summary>
    static int Save(string folder)
    {
        for (var round = 0; ; round++)
        {
            var values = new float[SavedValues];
            values.AsSpan().Fill(round);
            SafeTensorsWriter.Write(Path.Combine(folder, "weights.safetensors"), [new("a", [SavedValues], () => values)], new Dictionary<string, string>());
            Console.WriteLine($"saved {round}");
        }
    }

    static int Train(string path, int iterations, string[] options)
    {
        using var device = Device.Cpu(threads: 1);
        using var network = new Regression(device, batch: 16);
        using var folder = RunFolder.Open(path);
        network.Initialize(seed: 3);
        var trainer = new Trainer(
            network,
            Recipe(iterations) with { SnapshotInterval = options.Contains(OnlyWhenAsked) ? 0 : 7 },
            new RegressionSource(100),
            new RegressionSource(30, "held out"),
            folder);
        if (options.Contains(Resume))
        {
            trainer.Resume(path);
            Console.WriteLine($"resumed {trainer.Iteration}");
        }

        using var signals = new TrainingSignals(trainer);
        trainer.Stepped += step =>
        {
            Console.WriteLine($"iteration {step.Iteration}");
            Thread.Sleep(1);
        };
        trainer.SnapshotSaved += file => Console.WriteLine($"snapshot {file}");
        var outcome = trainer.Run();
        Console.WriteLine($"{(outcome.Stopped ? "stopped" : "finished")} {outcome.Iteration}");
        return 0;
    }

    public static Recipe Recipe(int iterations) => new()
    {
        Iterations = iterations,
        Solver = new Sgd { LearningRate = LearningRatePolicy.Inv(0.05, 0.01, 0.75), Momentum = 0.9, WeightDecay = 1e-3 },
        TestInterval = 10,
        SnapshotInterval = 7,
    };

    /// <summary>Takes the folder and waits.</summary>
    static int Hold(string path)
    {
        using var folder = RunFolder.Open(path);
        Console.WriteLine("held");
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    /// <summary>Trains, but an iteration never ends.</summary>
    static int Hang(string path)
    {
        using var device = Device.Cpu(threads: 1);
        using var network = new Regression(device, batch: 16);
        using var folder = RunFolder.Open(path);
        network.Initialize(seed: 3);
        var trainer = new Trainer(network, Recipe(20), new RegressionSource(100), heldOut: null, folder);
        using var signals = new TrainingSignals(trainer);
        signals.Stopping += _ => Console.WriteLine("stopping");
        trainer.Stepped += _ =>
        {
            Console.WriteLine("hangs");
            Thread.Sleep(Timeout.Infinite);
        };
        trainer.Run();
        return 0;
    }

    /// <summary>Trains on a disk that fills up on the way.</summary>
    static int Fill(string path)
    {
        using var device = Device.Cpu(threads: 1);
        using var network = new Regression(device, batch: 16);
        using var folder = RunFolder.Open(Path.Combine(path, "run"));
        network.Initialize(seed: 3);
        var trainer = new Trainer(network, Recipe(20), new RegressionSource(100), heldOut: null, folder);
        trainer.SnapshotSaved += _ => FillUp(Path.Combine(path, "ballast"));
        trainer.SnapshotFailed += failure => Console.WriteLine($"failed at {trainer.Iteration}: {failure.Message}");
        try
        {
            trainer.Run();
        }
        finally
        {
            Console.WriteLine($"left {string.Join(' ', Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order())}");
            Console.WriteLine($"intact {Snapshot.Read(RunFolder.Latest(folder.Path)).Progress.Iteration}");
        }

        return 0;
    }

    static void FillUp(string ballast)
    {
        try
        {
            using var file = File.OpenWrite(ballast);
            while (true)
            {
                file.Write(new byte[512]);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Full: as intended.
        }
    }
}
