using NetDsl.Runtime;
using NetDsl.Training;

namespace NetDsl.Data;

/// <summary>Data in two halves: one to train on, one held out.</summary>
public interface ITrainingData
{
    /// <summary>What it is called: <c>fashion-mnist</c>.</summary>
    string Name { get; }

    /// <summary>Where it came from and what the reader should know of it, in one line.</summary>
    string Origin { get; }

    /// <summary>How much there is for a network: <c>60000 images to train on, 10000 held out</c>.</summary>
    string Describe(NetworkDefinition network);

    /// <summary>What is done to the data so that they fit <paramref name="network"/>, in a few words; null if they fit as they are.</summary>
    /// <exception cref="InvalidDataException">They do not fit.</exception>
    string? DescribeFit(NetworkDefinition network);

    /// <summary>The samples to train <paramref name="network"/> on, in an order that depends only on the seed and the pass.</summary>
    /// <param name="network">The network.</param>
    /// <param name="scaling">How a byte of an image becomes a number.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="mirror">Half of the images, at random, are taken from right to left.</param>
    /// <exception cref="InvalidDataException">The data do not fit the network's inputs.</exception>
    IBatchSource CreateTrainingSource(NetworkDefinition network, PixelScaling scaling, ulong seed, bool mirror = false);

    /// <summary>The held-out samples, as they lie.</summary>
    /// <exception cref="InvalidDataException">The data do not fit the network's inputs.</exception>
    IBatchSource CreateTestSource(NetworkDefinition network, PixelScaling scaling);
}
