using System.Buffers.Binary;
using System.IO.Compression;

namespace NetDsl.Data;

/// <summary>
/// Reads IDX files (LeCun, Cortes and Burges, "The MNIST database"): two zero bytes, an element type, the number of axes, their sizes as big-endian
/// 32-bit numbers, the elements. A file may be compressed with gzip, which its first bytes tell. The header is believed only as far as the file's
/// length allows, so no file makes the reader reserve more than a fixed multiple of its size.
/// </summary>
public static class IdxReader
{
    const byte UnsignedByte = 0x08;
    const int MaximalRank = 8;

    /// <summary>No deflate stream expands by more than this (RFC 1951: 258 bytes for two bits).</summary>
    const long DeflateRatio = 1032;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">The file is not what it says; the message names the file and the offset.</exception>
    public static IdxFile Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.SequentialScan);
        return Read(file, path);
    }

    /// <summary>Reads a seekable stream from its position to its end; <paramref name="name"/> is what messages call it.</summary>
    /// <exception cref="InvalidDataException">The stream is not what it says; the message names the file and the offset.</exception>
    public static IdxFile Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var length = stream.Length - stream.Position;
        if (!IsCompressed(stream))
        {
            return Read(new IdxStream(stream, name), longest: length, exact: true);
        }

        using var inflated = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
        return Read(new IdxStream(inflated, name), longest: length * DeflateRatio, exact: false);
    }

    static bool IsCompressed(Stream stream)
    {
        var start = stream.Position;
        var compressed = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
        stream.Position = start;
        return compressed;
    }

    static IdxFile Read(IdxStream stream, long longest, bool exact)
    {
        var shape = ReadShape(stream);
        var count = CountElements(stream, shape, longest - stream.Offset, exact);
        return new IdxFile(stream.Name, shape, stream.ReadToEnd((int)count));
    }

    static int[] ReadShape(IdxStream stream)
    {
        Span<byte> magic = stackalloc byte[4];
        stream.ReadHeader(magic);
        if (magic[0] != 0 || magic[1] != 0)
        {
            throw stream.Fault(0, $"begins with {magic[0]:X2} {magic[1]:X2}, where an IDX file begins with 00 00");
        }

        if (magic[2] != UnsignedByte)
        {
            throw stream.Fault(2, $"holds elements of type 0x{magic[2]:X2}, where only unsigned bytes (0x08) are read");
        }

        if (magic[3] is 0 or > MaximalRank)
        {
            throw stream.Fault(3, $"has {magic[3]} axes, where 1 to {MaximalRank} are read");
        }

        var shape = new int[magic[3]];
        Span<byte> size = stackalloc byte[4];
        for (var axis = 0; axis < shape.Length; axis++)
        {
            var offset = stream.Offset;
            stream.ReadHeader(size);
            shape[axis] = BinaryPrimitives.ReadInt32BigEndian(size);
            if (shape[axis] <= 0)
            {
                throw stream.Fault(offset, $"says that axis {axis} has {(uint)shape[axis]:N0} elements");
            }
        }
        return shape;
    }

    static long CountElements(IdxStream stream, int[] shape, long longest, bool exact)
    {
        long count = 1;
        foreach (var size in shape)
        {
            count *= size;
            if (count > longest || count > Array.MaxLength)
            {
                throw stream.Fault(stream.Offset, $"announces {string.Join('×', shape)} bytes, more than the file can hold");
            }
        }
        if (exact && count != longest)
        {
            throw stream.Fault(stream.Offset + count, $"goes on for {longest - count:N0} bytes after the last element");
        }

        return count;
    }
}
