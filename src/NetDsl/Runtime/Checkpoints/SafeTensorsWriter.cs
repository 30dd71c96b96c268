using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace NetDsl.Runtime.Checkpoints;

/// <summary>
/// Writes safetensors files that any program that knows the format can read, with a checksum for each tensor and for the header in the metadata.
/// The file appears whole or not at all.
/// </summary>
public sealed class SafeTensorsWriter
{
    const int PieceLength = 1 << 18;
    const int Alignment = 64;

    readonly string path;
    readonly IReadOnlyList<TensorSource> tensors;
    readonly IReadOnlyDictionary<string, string> metadata;
    readonly Dictionary<string, string> checksums = [];

    SafeTensorsWriter(string path, IReadOnlyList<TensorSource> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Keys.FirstOrDefault(static key => key.StartsWith(Checksums.Prefix, StringComparison.Ordinal)) is { } reserved)
        {
            throw new ArgumentException($"The metadata key '{reserved}' is reserved for checksums.", nameof(metadata));
        }

        (this.path, this.tensors, this.metadata) = (path, tensors, metadata);
        foreach (var tensor in tensors)
        {
            if (!checksums.TryAdd(Checksums.Key(tensor.Name), Checksums.Blank))
            {
                throw new ArgumentException($"There are two tensors with the name '{tensor.Name}'.", nameof(tensors));
            }
        }
    }

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="tensors">What is in it, in this order.</param>
    /// <param name="metadata">Text to go with it.</param>
    /// <exception cref="CheckpointException">A value is NaN or infinite, or the file cannot be written; what was there before is intact.</exception>
    public static void Write(string path, IReadOnlyList<TensorSource> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var writer = new SafeTensorsWriter(path, tensors, metadata);
        var length = writer.Header().Length + tensors.Sum(static tensor => tensor.Count * sizeof(float));
        AtomicFile.Write(path, length, writer.Fill);
    }

    /// <summary>The data first, so that each value is read once, for its checksum and for the disk; the header has the same length whatever the checksums.</summary>
    void Fill(SafeFileHandle handle)
    {
        long position = Header().Length;
        foreach (var tensor in tensors)
        {
            position = WriteTensor(handle, tensor, position);
        }

        RandomAccess.Write(handle, Header(), 0);
    }

    long WriteTensor(SafeFileHandle handle, TensorSource tensor, long position)
    {
        var hash = new XxHash3();
        var data = tensor.Data();
        if (data.Length != tensor.Count)
        {
            throw new InvalidOperationException($"Tensor '{tensor.Name}' of shape [{string.Join(", ", tensor.Shape)}] has {data.Length} values.");
        }

        for (var at = 0; at < data.Length; at += PieceLength)
        {
            var piece = data.Slice(at, Math.Min(PieceLength, data.Length - at));
            var bad = piece.IndexOfNonFinite();
            if (bad >= 0)
            {
                throw new CheckpointException(path, $"it was not written, because '{tensor.Name}' holds {piece[bad]} at element {at + bad}; what was there before is intact.", tensor.Name);
            }

            var bytes = MemoryMarshal.AsBytes(piece);
            hash.Append(bytes);
            RandomAccess.Write(handle, bytes, position);
            position += bytes.Length;
        }

        checksums[Checksums.Key(tensor.Name)] = Checksums.Text(hash.GetCurrentHashAsUInt64());
        return position;
    }

    /// <summary>The length in front included, padded with spaces, with the checksums known so far.</summary>
    byte[] Header()
    {
        var json = Json(Checksums.Blank, out var digits);
        var padded = (SafeTensorsHeader.LengthBytes + json.Length + Alignment - 1) / Alignment * Alignment;
        var header = new byte[padded];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)(padded - SafeTensorsHeader.LengthBytes));
        var text = header.AsSpan(SafeTensorsHeader.LengthBytes);
        text.Fill((byte)' ');
        json.CopyTo(text);
        System.Text.Encoding.ASCII.GetBytes(Checksums.OfHeader(text, digits), text[digits..]);
        return header;
    }

    ReadOnlySpan<byte> Json(string headerChecksum, out int digits)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteStartObject("__metadata__"u8);
        json.WriteString(Checksums.AlgorithmKey, Checksums.Algorithm);
        json.WriteString(Checksums.HeaderKey, headerChecksum);
        json.Flush();

        // The digits end before the closing quotation mark.
        digits = buffer.WrittenCount - 1 - Checksums.Digits;
        WriteStrings(json, metadata);
        WriteStrings(json, checksums);
        json.WriteEndObject();
        WriteTensors(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan;
    }

    static void WriteStrings(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, string>> strings)
    {
        foreach (var (key, value) in strings)
        {
            json.WriteString(key, value);
        }
    }

    void WriteTensors(Utf8JsonWriter json)
    {
        long begin = 0;
        foreach (var tensor in tensors)
        {
            var end = begin + tensor.Count * sizeof(float);
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype"u8, "F32"u8);
            json.WriteStartArray("shape"u8);
            foreach (var size in tensor.Shape)
            {
                json.WriteNumberValue(size);
            }

            json.WriteEndArray();
            json.WriteStartArray("data_offsets"u8);
            json.WriteNumberValue(begin);
            json.WriteNumberValue(end);
            json.WriteEndArray();
            json.WriteEndObject();
            begin = end;
        }
    }
}
