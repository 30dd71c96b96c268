using NetDsl.Runtime;

namespace NetDsl.Training;

/// <summary>
/// An endless sequence of samples that comes in passes over a data set. Which sample stands at a position follows from the position alone (and the
/// source's own seed), so a run that is resumed at a saved position sees the same samples as one that was never interrupted.
/// </summary>
public interface IBatchSource
{
    /// <summary>Which data this is, for messages: <c>fashion-mnist (train)</c>. A run is resumed only with data of the same name.</summary>
    string Name { get; }

    /// <summary>What a sample consists of: images, labels. A network's inputs take them by name, or else in order.</summary>
    IReadOnlyList<InputDefinition> Fields { get; }

    /// <summary>Samples of one pass.</summary>
    int Count { get; }

    /// <summary>Samples read since the start of the first pass; the next one read is sample <c>Position % Count</c> of pass <c>Position / Count</c>.</summary>
    long Position { get; set; }

    /// <summary>
    /// Fills <paramref name="batch"/>, which was made for <see cref="Fields"/>, with the next <see cref="SampleBatch.Count"/> samples and advances
    /// <see cref="Position"/> by as many. At the end of a pass it goes on with the next one, within the same batch if need be.
    /// </summary>
    void Read(SampleBatch batch);
}
