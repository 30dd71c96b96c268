namespace NetDsl.Data;

/// <summary>An IDX file's bytes after decompression, with the offset reached, which every message names.</summary>
sealed class IdxStream(Stream stream, string name)
{
    const int FirstChunk = 1 << 20;

    public string Name { get; } = name;

    /// <summary>Bytes read, after decompression.</summary>
    public long Offset { get; private set; }

    public InvalidDataException Fault(long offset, string what, Exception? cause = null) =>
        new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name}: at byte {offset} the file {what}."), cause);

    public void ReadHeader(Span<byte> destination)
    {
        var read = Read(destination);
        if (read < destination.Length)
        {
            throw Fault(Offset, "ends within its header");
        }
    }

    /// <summary>
    /// Reads <paramref name="count"/> bytes, after which the stream must end. The buffer grows with what really arrives: a compressed file's header
    /// may announce a thousand times more than its stream holds.
    /// </summary>
    public byte[] ReadToEnd(int count)
    {
        var bytes = new byte[Math.Min(count, FirstChunk)];
        var filled = 0;
        while (true)
        {
            var read = Read(bytes.AsSpan(filled));
            filled += read;
            if (filled == count)
            {
                break;
            }

            if (filled < bytes.Length)
            {
                throw Fault(Offset, $"ends, {count - filled:N0} bytes before the last element");
            }

            Array.Resize(ref bytes, (int)Math.Min(count, 2L * bytes.Length));
        }
        if (Read(stackalloc byte[1]) != 0)
        {
            throw Fault(Offset - 1, "goes on after the last element");
        }

        return bytes;
    }

    int Read(Span<byte> destination)
    {
        try
        {
            var read = stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
            Offset += read;
            return read;
        }
        catch (InvalidDataException damage)
        {
            throw Fault(Offset, "is damaged: its gzip stream cannot be decompressed", damage);
        }
    }
}
