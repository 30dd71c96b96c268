using NetDsl.Kernels;
using NetDsl.Runtime;

namespace NetDsl.App.Tests;

/// <summary>
/// Softmax regression on images of 2×2 pixels and three classes, written by hand as the compiler would emit it, so that the commands are tested
/// without the compiler. One worker does all the work.
/// </summary>
public class Linear : Network
{
    const int Pixels = 4;
    const int Classes = 3;
    const int Bias = 16;
    const int Label = Pixels;
    const int Scores = Label + 1;
    const int Probabilities = Scores + Classes;
    const int SampleSize = Probabilities + Classes;
    const int Loss = 0;
    const int Accuracy = 16;

    public Linear(Device device, int batch, bool training = true)
        : this(Definition, device, batch, training)
    {
    }

    protected Linear(NetworkDefinition definition, Device device, int batch, bool training)
        : base(definition, device, batch, training)
    {
    }

    public static new NetworkDefinition Definition { get; } = Describe("Linear", layer: "dense1", trainable: true);

    public static Recipe Recipe => new() { Batch = 4, Iterations = 200, TestInterval = 100, Display = 50, SnapshotInterval = 100 };

    protected static NetworkDefinition Describe(string name, string layer, bool trainable)
    {
        BufferDefinition[] buffers =
        [
            new("image", [1, 2, 2], true, 0, 0, 2),
            new("digit", [], true, Label, 0, 1),
            new(layer, [Classes], true, Scores, 0, 1),
            new("loss", [], false, Loss, 1, 2),
            new("accuracy", [], false, Accuracy, 1, 2),
        ];
        KernelDefinition[] kernels =
        [
            new("Dense1", layer, false, Pixels * Classes, "Scores of the classes."),
            new("Losses", "loss", false, 0, "Softmax, cross entropy and accuracy."),
            new("Dense1Gradient", layer, true, Pixels * Classes, "What the scores' gradient means for the weights."),
        ];
        ProgramDefinition Program(int kernelCount, int evaluationStart, long multiplyAdds) => new()
        {
            SampleSize = SampleSize,
            ConstantSize = 32,
            MultiplyAdds = multiplyAdds,
            Buffers = buffers,
            Kernels = kernels[..kernelCount],
            EvaluationStart = evaluationStart,
            Outputs = [layer],
            Scalars = ["loss", "accuracy"],
        };
        return new()
        {
            Name = name,
            GraphHash = "1",
            Inputs = [new("image", [1, 2, 2], IsLabels: false), new("digit", [], IsLabels: true, Classes: Classes)],
            Parameters = [new($"{layer}.weight", [Classes, Pixels], 0, Initializer.Xavier), new($"{layer}.bias", [Classes], Bias, Initializer.Zeros)],
            ParameterSize = 32,
            Layers = [new(layer, "Dense", [Classes], (Pixels + 1) * Classes, Pixels * Classes, false)],
            Train = trainable ? Program(3, 3, 2 * Pixels * Classes) : null,
            Predict = Program(2, 1, Pixels * Classes),
            Graph = $"network {name} {{\n  %0 : [N, 1, 2, 2] = input image\n}}\n",
        };
    }

    protected override void Train<T>(CpuWorker worker)
    {
        Forward(worker);
        worker.Complete(0);
        Measure(worker);
        worker.Complete(1);
        Backward(worker);
        worker.Complete(2);
    }

    protected override void Predict<T>(CpuWorker worker)
    {
        Forward(worker);
        worker.Complete(0);
        if (!worker.Evaluate)
        {
            return;
        }

        Measure(worker);
        worker.Complete(1);
    }

    protected override SimtProgram CreateSimtProgram(bool training) => new([]);

    static unsafe ref float At(CpuWorker worker, int sample, int element) =>
        ref worker.SampleArena[(sample / SampleBlock.Lanes * worker.BlockStride) + (element * SampleBlock.Lanes) + (sample % SampleBlock.Lanes)];

    static unsafe void Forward(CpuWorker worker)
    {
        while (worker.Take(worker.Blocks * SampleBlock.Lanes, out var begin, out var end))
        {
            for (var sample = begin; sample < end; sample++)
            {
                for (var k = 0; k < Classes; k++)
                {
                    var score = worker.Parameters[Bias + k];
                    for (var i = 0; i < Pixels; i++)
                    {
                        score += worker.Parameters[(k * Pixels) + i] * At(worker, sample, i);
                    }

                    At(worker, sample, Scores + k) = score;
                }
            }
        }
    }

    static unsafe void Measure(CpuWorker worker)
    {
        while (worker.Take(1, out _, out _))
        {
            MeasureAll(worker);
        }
    }

    static unsafe void MeasureAll(CpuWorker worker)
    {
        var (loss, hits) = (0f, 0);
        for (var sample = 0; sample < worker.Samples; sample++)
        {
            var label = (int)At(worker, sample, Label);
            var scores = Enumerable.Range(0, Classes).Select(k => At(worker, sample, Scores + k)).ToArray();
            var sum = scores.Sum(MathF.Exp);
            for (var k = 0; k < Classes; k++)
            {
                At(worker, sample, Probabilities + k) = MathF.Exp(scores[k]) / sum;
            }

            loss -= MathF.Log(At(worker, sample, Probabilities + label));
            hits += scores.Max() == scores[label] ? 1 : 0;
        }

        worker.ConstantArena[Loss] = loss / worker.Samples;
        worker.ConstantArena[Accuracy] = (float)hits / worker.Samples;
    }

    static unsafe void Backward(CpuWorker worker)
    {
        while (worker.Take(Classes, out var begin, out var end))
        {
            for (var k = begin; k < end; k++)
            {
                new Span<float>(worker.Gradients + (k * Pixels), Pixels).Clear();
                worker.Gradients[Bias + k] = 0;
                for (var sample = 0; sample < worker.Samples; sample++)
                {
                    var error = (At(worker, sample, Probabilities + k) - (At(worker, sample, Label) == k ? 1 : 0)) / worker.Samples;
                    worker.Gradients[Bias + k] += error;
                    for (var i = 0; i < Pixels; i++)
                    {
                        worker.Gradients[(k * Pixels) + i] += error * At(worker, sample, i);
                    }
                }
            }
        }
    }
}
