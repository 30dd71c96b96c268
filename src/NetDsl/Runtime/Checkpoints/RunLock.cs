namespace NetDsl.Runtime.Checkpoints;

/// <summary>
/// Keeps a folder to one run: an open file that no other process can open. The system closes it when the process ends, however it ends, so there
/// is never a stale lock.
/// </summary>
sealed class RunLock : IDisposable
{
    const string Name = ".lock";

    // EWOULDBLOCK, and ERROR_SHARING_VIOLATION.
    const int UnixInUse = 11;
    const int MacInUse = 35;
    const int WindowsInUse = 32;

    readonly FileStream stream;

    /// <exception cref="CheckpointException">Another run holds the folder.</exception>
    public RunLock(string folder)
    {
        try
        {
            stream = new FileStream(Path.Combine(folder, Name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when ((exception.HResult & 0xFFFF) is UnixInUse or MacInUse or WindowsInUse)
        {
            throw new CheckpointException(folder, "another run is using this folder: wait for it, or use another one.", cause: exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(folder, $"it cannot be written to: {exception.Message}", cause: exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
