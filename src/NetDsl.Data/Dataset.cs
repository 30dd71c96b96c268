using NetDsl.Runtime;
using NetDsl.Training;

namespace NetDsl.Data;

/// <summary>Images with classes, in two halves: one to train on, one held out.</summary>
/// <param name="Name">What it is called: <c>fashion-mnist</c>.</param>
/// <param name="Classes">The classes' names, by index.</param>
/// <param name="Train">What a network is trained on.</param>
/// <param name="Test">What is held out, to measure it.</param>
public sealed record Dataset(string Name, IReadOnlyList<string> Classes, DataSplit Train, DataSplit Test) : ITrainingData
{
    /// <summary>Where it came from and what the reader should know of it, in one line.</summary>
    public string Origin { get; init; } = "";

    /// <summary>The samples to train <paramref name="network"/> on, in an order that depends only on the seed and the pass.</summary>
    /// <param name="network">The network.</param>
    /// <param name="scaling">How a byte becomes a number.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="mirror">Half of the images, at random, are taken from right to left.</param>
    /// <exception cref="InvalidDataException">The data do not fit the network's inputs.</exception>
    public SampleSource CreateTrainingSource(NetworkDefinition network, PixelScaling scaling, ulong seed, bool mirror = false) =>
        NetworkInputs.CreateSource(this, Train, network, scaling, seed, mirror);

    /// <summary>The held-out samples, as they lie.</summary>
    /// <exception cref="InvalidDataException">The data do not fit the network's inputs.</exception>
    public SampleSource CreateTestSource(NetworkDefinition network, PixelScaling scaling) =>
        NetworkInputs.CreateSource(this, Test, network, scaling, seed: null, mirror: false);

    /// <summary>What is done to the images so that they fit <paramref name="network"/>, in a few words; null if they fit as they are.</summary>
    /// <exception cref="InvalidDataException">They do not fit.</exception>
    public string? DescribeFit(NetworkDefinition network) => NetworkInputs.DescribeFit(this, network);

    /// <inheritdoc/>
    public string Describe(NetworkDefinition network) => $"{Train.Count} images to train on, {Test.Count} held out";

    IBatchSource ITrainingData.CreateTrainingSource(NetworkDefinition network, PixelScaling scaling, ulong seed, bool mirror) => CreateTrainingSource(network, scaling, seed, mirror);

    IBatchSource ITrainingData.CreateTestSource(NetworkDefinition network, PixelScaling scaling) => CreateTestSource(network, scaling);
}
