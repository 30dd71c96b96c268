using System.Globalization;
using NetDsl.Solvers;

namespace NetDsl;

/// <summary>
/// How a network's author recommends to train it, where the user says nothing else. A network class carries its own as
/// <c>public static Recipe Recipe => new() { … };</c>.
/// </summary>
public sealed record Recipe
{
    /// <summary>The data set's name, as <c>netdsl train --data</c> takes it. The first one that fits the network's inputs unless set.</summary>
    public string? Data { get; init; }

    /// <summary>Samples in a batch.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>Batches whose gradients are summed for one update: Caffe's <c>iter_size</c>.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>Updates in all: Caffe's <c>max_iter</c>.</summary>
    public int Iterations { get; init; } = 10_000;

    /// <summary>The solver and its settings. Caffe's LeNet solver unless set, with a fixed learning rate.</summary>
    public Solver Solver { get; init; } = new Sgd { LearningRate = 0.01, Momentum = 0.9, WeightDecay = 5e-4 };

    /// <summary>What is subtracted from the pixels 0 … 255: one value, or one for each channel. Nothing unless set.</summary>
    public IReadOnlyList<float> Mean { get; init; } = [];

    /// <summary>What the pixels are multiplied with after the mean is subtracted. Caffe's 1/256 unless set.</summary>
    public float Scale { get; init; } = 1 / 256f;

    /// <summary>Training images are mirrored at random.</summary>
    public bool Mirror { get; init; }

    /// <summary>What a text is read as, where the data is one. Characters unless set.</summary>
    public TextUnit Text { get; init; }

    /// <summary>The held-out data is evaluated every so many iterations, and at the end. Only at the end if 0.</summary>
    public int TestInterval { get; init; } = 500;

    /// <summary>Progress is told every so many iterations.</summary>
    public int Display { get; init; } = 100;

    /// <summary>The loss that is told is the mean of so many iterations: Caffe's <c>average_loss</c>.</summary>
    public int AverageLoss { get; init; } = 20;

    /// <summary>A snapshot is taken every so many iterations, and at the end. Only at the end if 0.</summary>
    public int SnapshotInterval { get; init; } = 1_000;

    /// <summary>What is done to the pixels, in words: a run is resumed only with the same.</summary>
    internal string InputText => string.Create(
        CultureInfo.InvariantCulture, $"mean {(Mean.Count == 0 ? "none" : string.Join(' ', Mean.Select(static mean => mean.ToString(CultureInfo.InvariantCulture))))}, scale {Scale}, mirror {Mirror}");
}
