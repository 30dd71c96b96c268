using NetDsl.Training;

namespace NetDsl.Data;

/// <summary>A thread that keeps a ring of batches filled until it is disposed of or its source fails.</summary>
sealed class ReadAhead : IDisposable
{
    /// <summary>One batch to hand over, one to fill, and one in reserve for a slow sample.</summary>
    const int Depth = 3;

    readonly IBatchSource source;
    readonly SampleBatch[] ring;
    readonly SemaphoreSlim filled = new(0), free = new(Depth);
    readonly Thread thread;
    long produced, consumed;
    Exception? fault;
    volatile bool stopping;

    public ReadAhead(IBatchSource source, int batchSize)
    {
        (this.source, BatchSize) = (source, batchSize);
        ring = [.. Enumerable.Range(0, Depth).Select(_ => new SampleBatch(source.Fields, batchSize))];
        thread = new Thread(Run) { IsBackground = true, Name = $"reading {source.Name}" };
        thread.Start();
    }

    /// <summary>Samples in each batch.</summary>
    public int BatchSize { get; }

    /// <summary>Copies the next batch into <paramref name="batch"/>, or returns what stopped the thread before it.</summary>
    public Exception? Take(SampleBatch batch)
    {
        filled.Wait();
        if (fault is not null && consumed == produced)
        {
            // Whoever asks again gets the same answer.
            filled.Release();
            return fault;
        }
        Copy(ring[consumed++ % Depth], batch);
        free.Release();
        return null;
    }

    public void Dispose()
    {
        stopping = true;
        free.Release();
        thread.Join();
        filled.Dispose();
        free.Dispose();
    }

    void Run()
    {
        try
        {
            while (true)
            {
                free.Wait();
                if (stopping)
                {
                    return;
                }

                source.Read(ring[produced % Depth]);
                produced++;
                filled.Release();
            }
        }
        catch (Exception exception)
        {
            fault = exception;
            filled.Release();
        }
    }

    static void Copy(SampleBatch from, SampleBatch to)
    {
        for (var field = 0; field < from.Fields.Count; field++)
        {
            if (from.Fields[field].IsLabels)
            {
                from.Labels(field).CopyTo(to.Labels(field));
            }
            else
            {
                from.Values(field).CopyTo(to.Values(field));
            }
        }
    }
}
