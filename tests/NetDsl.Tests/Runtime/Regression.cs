using NetDsl.Kernels;
using NetDsl.Runtime;

namespace NetDsl.Tests.Runtime;

/// <summary>
/// Linear regression, written by hand as the compiler would emit it: y = w·x + b, loss = mean of (y − t)²/2 over the batch. Three numbers a sample
/// and enough elements that several threads have work.
/// </summary>
sealed class Regression(Device device, int batch, bool training = true, NetworkDefinition? definition = null)
    : Network(definition ?? Description, device, batch, training)
{
    public const int Features = 40;
    const int X = 0;
    const int T = Features;
    const int Y = Features + 1;
    const int Dy = Features + 2;
    const int SampleSize = Features + 3;
    const int Loss = 0;
    const int Bias = 48;

    public static NetworkDefinition Description { get; } = new()
    {
        Name = "Regression",
        GraphHash = "0",
        Inputs = [new("x", [Features], IsLabels: false), new("t", [], IsLabels: true, Classes: 10, IgnoredLabel: 255)],
        Parameters = [new("dense1.weight", [1, Features], 0, Initializer.Xavier), new("dense1.bias", [1], Bias, Initializer.Zeros, LearningRate: 2, WeightDecay: 0)],
        ParameterSize = 64,
        Layers = [new("dense1", "Dense", [1], Features + 1, Features, TrainingOnly: false)],
        Train = new()
        {
            SampleSize = SampleSize,
            ConstantSize = 16,
            MultiplyAdds = 2 * Features,
            Buffers = [new("x", [Features], true, X, 0, 2), new("t", [], true, T, 0, 1), new("dense1", [1], true, Y, 0, 1), new("loss", [], false, Loss, 1, 3), new("d dense1", [1], true, Dy, 1, 2)],
            Kernels = [new("Dense1", "dense1", false, Features, ""), new("Loss", "loss", false, 0, ""), new("Dense1Gradient", "dense1", true, Features, "")],
            EvaluationStart = 3,
            Outputs = ["dense1"],
            Scalars = ["loss"],
        },
        Predict = new()
        {
            SampleSize = SampleSize,
            ConstantSize = 16,
            MultiplyAdds = Features,
            Buffers = [new("x", [Features], true, X, 0, 0), new("t", [], true, T, 0, 1), new("dense1", [1], true, Y, 0, 2), new("loss", [], false, Loss, 1, 2)],
            Kernels = [new("Dense1", "dense1", false, Features, ""), new("Loss", "loss", false, 0, "")],
            EvaluationStart = 1,
            Outputs = ["dense1"],
            Scalars = ["loss"],
        },
        Graph = "",
    };

    /// <summary>Called by every worker inside the first kernel.</summary>
    public Action<CpuWorker>? InFirstKernel { get; set; }

    /// <summary>How often each worker runs the first kernel.</summary>
    public int Repeats { get; set; } = 1;

    protected override void Train<TLanes>(CpuWorker worker)
    {
        Forward<TLanes>(worker);
        MeanSquare<TLanes>(worker);
        worker.Complete(1);
        Gradient<TLanes>(worker);
        worker.Complete(2);
    }

    protected override void Predict<TLanes>(CpuWorker worker)
    {
        Forward<TLanes>(worker);
        if (!worker.Evaluate)
        {
            return;
        }

        MeanSquare<TLanes>(worker);
        worker.Complete(1);
    }

    protected override SimtProgram CreateSimtProgram(bool training) => RegressionSimt.Create(training);

    unsafe void Forward<TLanes>(CpuWorker worker)
        where TLanes : struct, IMemoryLanes<TLanes>
    {
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            while (worker.Take(worker.Blocks, out var begin, out var end))
            {
                InFirstKernel?.Invoke(worker);
                for (var block = begin; block < end; block++)
                {
                    for (var lane = 0; lane < SampleBlock.Lanes; lane += TLanes.Count)
                    {
                        var y = TLanes.Create(worker.Parameters[Bias]);
                        for (var i = 0; i < Features; i++)
                        {
                            y = TLanes.MultiplyAdd(TLanes.Create(worker.Parameters[i]), TLanes.Load(At(worker, block, X + i) + lane), y);
                        }

                        TLanes.Store(At(worker, block, Y) + lane, y);
                    }
                }
            }

            worker.Complete(0);
        }
    }

    static unsafe void MeanSquare<TLanes>(CpuWorker worker)
        where TLanes : struct, IMemoryLanes<TLanes>
    {
        while (worker.Take(1, out _, out _))
        {
            MeanSquareOfAll(worker);
        }
    }

    static unsafe void MeanSquareOfAll(CpuWorker worker)
    {
        var sum = 0f;
        for (var sample = 0; sample < worker.Blocks * SampleBlock.Lanes; sample++)
        {
            var (block, lane) = (sample / SampleBlock.Lanes, sample % SampleBlock.Lanes);
            var error = At(worker, block, Y)[lane] - At(worker, block, T)[lane];
            var present = sample < worker.Samples;
            sum += present ? error * error / 2 : 0;
            At(worker, block, Dy)[lane] = present ? error / worker.Samples : 0;
        }

        worker.ConstantArena[Loss] = sum / worker.Samples;
    }

    static unsafe void Gradient<TLanes>(CpuWorker worker)
        where TLanes : struct, IMemoryLanes<TLanes>
    {
        while (worker.Take(Features + 1, out var begin, out var end))
        {
            for (var i = begin; i < end; i++)
            {
                var sum = 0f;
                for (var block = 0; block < worker.Blocks; block++)
                {
                    for (var lane = 0; lane < SampleBlock.Lanes; lane += TLanes.Count)
                    {
                        var dy = TLanes.Load(At(worker, block, Dy) + lane);
                        sum += TLanes.Sum(i < Features ? dy * TLanes.Load(At(worker, block, X + i) + lane) : dy);
                    }
                }

                worker.Gradients[i < Features ? i : Bias] = sum;
            }
        }
    }

    static unsafe float* At(CpuWorker worker, int block, int offset) => worker.SampleArena + ((block * SampleSize) + offset) * SampleBlock.Lanes;
}
