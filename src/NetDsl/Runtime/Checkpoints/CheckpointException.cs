namespace NetDsl;

/// <summary>A file of weights or a snapshot cannot be read, does not fit, or could not be written. The message is one sentence: what, where, what to do.</summary>
public sealed class CheckpointException : IOException
{
    /// <summary>Says what is wrong with a file, and where.</summary>
    public CheckpointException(string file, string problem, string? tensor = null, long? offset = null, Exception? cause = null)
        : base($"{file}: {problem}", cause) => (File, Tensor, Offset) = (file, tensor, offset);

    /// <summary>The file or folder.</summary>
    public string File { get; }

    /// <summary>The tensor it is about, if it is about one.</summary>
    public string? Tensor { get; }

    /// <summary>Where in the file, in bytes, if it is about a place.</summary>
    public long? Offset { get; }
}
