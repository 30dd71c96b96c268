using System.Buffers.Binary;
using System.IO.Compression;

namespace NetDsl.Data.Tests;

/// <summary>Writes IDX files for tests.</summary>
static class IdxBytes
{
    public static byte[] Create(int[] shape, ReadOnlySpan<byte> elements)
    {
        var bytes = new byte[4 + (4 * shape.Length) + elements.Length];
        bytes[2] = 0x08;
        bytes[3] = (byte)shape.Length;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + (4 * axis)), shape[axis]);
        }

        elements.CopyTo(bytes.AsSpan(4 + (4 * shape.Length)));
        return bytes;
    }

    public static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return compressed.ToArray();
    }

    /// <summary>A folder with the four files; <paramref name="edit"/> may damage them.</summary>
    public static void WriteFolder(string folder, int train = 6, int test = 4, int classes = 3, Action<string>? edit = null)
    {
        Directory.CreateDirectory(folder);
        foreach (var (prefix, count) in new[] { ("train", train), ("t10k", test) })
        {
            File.WriteAllBytes(Path.Combine(folder, $"{prefix}-images-idx3-ubyte"), Create([count, 2, 2], [.. Enumerable.Range(0, count * 4).Select(i => (byte)i)]));
            File.WriteAllBytes(Path.Combine(folder, $"{prefix}-labels-idx1-ubyte"), Create([count], [.. Enumerable.Range(0, count).Select(i => (byte)(i % classes))]));
        }
        edit?.Invoke(folder);
    }
}
