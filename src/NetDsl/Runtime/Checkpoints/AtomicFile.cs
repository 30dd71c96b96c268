using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace NetDsl.Runtime.Checkpoints;

/// <summary>
/// Replaces a file so that at any moment, whatever stops the process or the machine, either the old or the new one is there, whole: the new one
/// is written beside it, flushed, renamed over it, and the folder is flushed. The space is reserved first, so a full disk is found before a byte
/// is written.
/// </summary>
static class AtomicFile
{
    const string Extension = ".tmp";
    const int RandomDigits = 8;

    /// <param name="path">The file to make or replace. A symbolic link is followed.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="fill">Writes it.</param>
    /// <exception cref="CheckpointException">It could not be written; the old file is as it was.</exception>
    public static void Write(string path, long length, Action<SafeFileHandle> fill)
    {
        var target = Path.GetFullPath(path);
        var temporary = "";
        try
        {
            if (new FileInfo(target) is { LinkTarget: not null } link)
            {
                target = link.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
            }

            Sweep(Path.GetDirectoryName(target)!, Path.GetFileName(target));
            temporary = $"{target}.{RandomNumberGenerator.GetHexString(RandomDigits, lowercase: true)}{Extension}";

            // Shared for deletion only, which Windows needs to rename an open file; being open keeps sweepers away from it.
            using var handle = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Delete, FileOptions.None, length);
            fill(handle);
            RandomAccess.FlushToDisk(handle);
            File.Move(temporary, target, overwrite: true);
            temporary = "";
            FolderFlush.Flush(Path.GetDirectoryName(target)!);
        }
        catch (DirectoryNotFoundException exception)
        {
            throw new CheckpointException(path, "its folder does not exist: make it first.", cause: exception);
        }
        catch (Exception exception) when (exception is (IOException and not CheckpointException) or UnauthorizedAccessException)
        {
            throw new CheckpointException(path, $"{Problem(target, length, exception)}; what was there before is intact.", cause: exception);
        }
        finally
        {
            Delete(temporary);
        }
    }

    /// <summary>Deletes what writers that were killed have left: temporary files that no process holds open.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="name">The file that they would have become, or a pattern of such names.</param>
    public static void Sweep(string folder, string name)
    {
        foreach (var stale in Directory.EnumerateFiles(folder, $"{name}.*{Extension}").Where(IsTemporary))
        {
            try
            {
                File.OpenHandle(stale, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
                File.Delete(stale);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another process is writing it, or it belongs to someone else: not ours to delete.
            }
        }
    }

    static string Problem(string target, long length, Exception exception)
    {
        try
        {
            var free = new DriveInfo(Path.GetDirectoryName(target)!).AvailableFreeSpace;
            if (free < length)
            {
                return $"the disk is full ({length:N0} bytes are needed, {free:N0} are free)";
            }
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Then the system's own words have to do.
        }

        return $"it could not be written ({exception.Message.TrimEnd('.')})";
    }

    static bool IsTemporary(string path) =>
        Path.GetExtension(Path.GetFileNameWithoutExtension(path)) is ['.', .. var digits] && digits.Length == RandomDigits && digits.All(char.IsAsciiHexDigitLower);

    static void Delete(string temporary)
    {
        try
        {
            if (temporary.Length > 0)
            {
                File.Delete(temporary);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next writer sweeps it; the failure that led here matters more.
        }
    }
}
