using NetDsl.Runtime;
using NetDsl.Training;

namespace NetDsl.Data;

/// <summary>
/// Reads another source ahead on a thread of its own, so that a step never waits for its data. The thread expects each batch to be as large as the one
/// before; a batch of another size, or a new position, starts it afresh. Once its buffers exist, nothing is allocated.
/// </summary>
public sealed class PrefetchingSource : IBatchSource, IDisposable
{
    readonly IBatchSource source;
    ReadAhead? ahead;
    long position;

    /// <summary>Reads ahead of <paramref name="source"/>, which nobody else may use from now on.</summary>
    public PrefetchingSource(IBatchSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        (this.source, position) = (source, source.Position);
    }

    public string Name => source.Name;

    public IReadOnlyList<InputDefinition> Fields => source.Fields;

    public int Count => source.Count;

    /// <summary>Samples handed over, whatever has been read ahead.</summary>
    public long Position
    {
        get => position;
        set
        {
            Stop();
            source.Position = position = value;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The source failed; the message names the sample or samples, and the cause is the inner exception.</exception>
    public void Read(SampleBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Count == 0)
        {
            return;
        }

        if (ahead?.BatchSize != batch.Count)
        {
            Position = position;
            ahead = new ReadAhead(source, batch.Count);
        }
        if (ahead.Take(batch) is { } fault)
        {
            throw Explain(fault, batch.Count);
        }

        position += batch.Count;
    }

    public void Dispose() => Stop();

    void Stop()
    {
        ahead?.Dispose();
        ahead = null;
    }

    InvalidDataException Explain(Exception fault, int count) => new(
        fault is InvalidDataException ? fault.Message
            : $"Samples {position} to {position + count - 1} of {Name} cannot be read: {fault.Message}",
        fault);
}
