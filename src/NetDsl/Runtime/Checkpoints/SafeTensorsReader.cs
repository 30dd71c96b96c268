using System.Buffers.Binary;
using System.IO.Hashing;
using Microsoft.Win32.SafeHandles;

namespace NetDsl.Runtime.Checkpoints;

/// <summary>
/// A safetensors file, open for reading: a header in JSON and the bytes of its tensors. Files from other programs are read too, as far as their
/// tensors hold floating-point numbers; where a file has checksums, they are verified.
/// </summary>
public sealed class SafeTensorsReader : IDisposable
{
    const int PieceBytes = 1 << 20;

    readonly SafeFileHandle handle;
    readonly Dictionary<string, TensorEntry> byName;

    SafeTensorsReader(string path, SafeFileHandle handle, SafeTensorsHeader header)
    {
        (File, this.handle, Header) = (path, handle, header);
        byName = header.Tensors.ToDictionary(static entry => entry.Name, StringComparer.Ordinal);
    }

    /// <summary>The file's path.</summary>
    public string File { get; }

    /// <summary>What the file holds.</summary>
    public SafeTensorsHeader Header { get; }

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="CheckpointException">It is not there, not readable, or not a sound safetensors file.</exception>
    public static SafeTensorsReader Open(string path)
    {
        SafeFileHandle? handle = null;
        try
        {
            handle = System.IO.File.OpenHandle(path);
            var reader = new SafeTensorsReader(path, handle, ReadHeader(path, handle));
            handle = null;
            return reader;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CheckpointException(path, "there is no such file.", cause: exception);
        }
        catch (Exception exception) when (exception is (IOException and not CheckpointException) or UnauthorizedAccessException or NotSupportedException)
        {
            throw new CheckpointException(path, $"it cannot be read: {exception.Message}", cause: exception);
        }
        finally
        {
            handle?.Dispose();
        }
    }

    /// <summary>The tensor of this name, or null.</summary>
    public TensorEntry? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>Reads all bytes of a tensor and compares them with its checksum; does nothing where there is none.</summary>
    /// <exception cref="CheckpointException">They do not agree.</exception>
    public void Verify(TensorEntry entry)
    {
        if (entry.Checksum is null)
        {
            return;
        }

        var hash = new XxHash3();
        var buffer = Buffer(entry);
        for (long at = 0; at < entry.Length;)
        {
            var piece = ReadPiece(entry, at, buffer);
            hash.Append(piece);
            at += piece.Length;
        }

        var found = Checksums.Text(hash.GetCurrentHashAsUInt64());
        if (found != entry.Checksum)
        {
            throw new CheckpointException(
                File,
                $"tensor '{entry.Name}', at bytes {entry.Offset} to {entry.Offset + entry.Length}, is damaged (checksum {found} instead of {entry.Checksum}): use another copy of the file.",
                entry.Name,
                entry.Offset);
        }
    }

    /// <summary>Reads a tensor of floating-point numbers into memory that is as long as it is.</summary>
    /// <exception cref="CheckpointException">It holds no such numbers, or the file became shorter.</exception>
    public void Read(TensorEntry entry, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, entry.Count);
        if (!entry.Type.IsFloatingPoint())
        {
            throw new CheckpointException(File, $"tensor '{entry.Name}' holds {entry.Type} values, not floating-point numbers.", entry.Name, entry.Offset);
        }

        var (buffer, size) = (Buffer(entry), entry.Type.Size());
        for (long at = 0; at < entry.Length;)
        {
            var piece = ReadPiece(entry, at, buffer);
            entry.Type.ToFloats(piece, destination.Slice((int)(at / size), piece.Length / size));
            at += piece.Length;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();

    static SafeTensorsHeader ReadHeader(string path, SafeFileHandle handle)
    {
        var length = RandomAccess.GetLength(handle);
        Span<byte> prefix = stackalloc byte[SafeTensorsHeader.LengthBytes];
        if (length < prefix.Length || RandomAccess.Read(handle, prefix, 0) < prefix.Length)
        {
            throw new CheckpointException(path, $"the file ends at byte {length}: it is not a safetensors file, or cut off.", offset: length);
        }

        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > (ulong)Math.Min(length - prefix.Length, SafeTensorsHeader.MaximumLength))
        {
            throw new CheckpointException(path, $"its header claims {headerLength} bytes, but the file has {length}, and {SafeTensorsHeader.MaximumLength} is the most: it is not a safetensors file, or cut off.", offset: 0);
        }

        var header = new byte[headerLength];
        if (!Fill(handle, header, prefix.Length))
        {
            throw new CheckpointException(path, "the file became shorter while it was read.", offset: prefix.Length);
        }

        return SafeTensorsHeaderParser.Parse(path, header, length - prefix.Length - header.Length);
    }

    static byte[] Buffer(TensorEntry entry) => new byte[Math.Min(PieceBytes, entry.Length)];

    ReadOnlySpan<byte> ReadPiece(TensorEntry entry, long at, byte[] buffer)
    {
        var piece = buffer.AsSpan(0, (int)Math.Min(buffer.Length, entry.Length - at));
        try
        {
            return Fill(handle, piece, entry.Offset + at)
                ? piece
                : throw new CheckpointException(File, $"the file became shorter while tensor '{entry.Name}' was read.", entry.Name, entry.Offset + at);
        }
        catch (Exception exception) when (exception is (IOException and not CheckpointException) or UnauthorizedAccessException)
        {
            throw new CheckpointException(File, $"tensor '{entry.Name}' cannot be read: {exception.Message}", entry.Name, entry.Offset + at, exception);
        }
    }

    static bool Fill(SafeFileHandle handle, Span<byte> destination, long offset)
    {
        while (!destination.IsEmpty)
        {
            var read = RandomAccess.Read(handle, destination, offset);
            if (read == 0)
            {
                return false;
            }

            destination = destination[read..];
            offset += read;
        }

        return true;
    }
}
