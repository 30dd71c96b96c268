using System.Runtime.InteropServices;

namespace NetDsl.Runtime.Checkpoints;

/// <summary>
/// Makes a rename last through a power failure: on Unix the entry of a file in its folder is on the disk only after the folder itself is
/// flushed, which .NET has no call for. Windows keeps a journal and needs nothing.
/// </summary>
static partial class FolderFlush
{
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const int ReadOnly = 0;
        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
        {
            throw new IOException($"The folder {folder} cannot be opened to flush it (error {Marshal.GetLastPInvokeError()}).");
        }

        try
        {
            // Some file systems cannot flush folders and say so with EINVAL: then there is nothing to do.
            const int InvalidArgument = 22;
            if (Synchronize(descriptor) != 0 && Marshal.GetLastPInvokeError() is var error and not InvalidArgument)
            {
                throw new IOException($"The folder {folder} cannot be flushed to disk (error {error}).");
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronize(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
