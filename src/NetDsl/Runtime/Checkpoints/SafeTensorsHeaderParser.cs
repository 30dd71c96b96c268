using System.Text.Json;

namespace NetDsl.Runtime.Checkpoints;

/// <summary>
/// Reads a header that anyone may have written. It takes memory in proportion to the header, which is no longer than the file, never recurses,
/// and takes nothing on trust: what it returns is consistent with the file's length.
/// </summary>
ref struct SafeTensorsHeaderParser
{
    /// <summary>Names stand in messages, so they are kept short and printable.</summary>
    const int MaximumName = 1000;

    readonly string file;
    readonly ReadOnlySpan<byte> header;
    readonly long dataLength;
    readonly Dictionary<string, RawTensor> tensors = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> metadata = new(StringComparer.Ordinal);
    Utf8JsonReader json;
    bool sawMetadata;
    int headerChecksumAt = -1;

    SafeTensorsHeaderParser(string file, ReadOnlySpan<byte> header, long dataLength)
    {
        this.file = file;
        this.header = header;
        this.dataLength = dataLength;
        json = new Utf8JsonReader(header, new JsonReaderOptions { MaxDepth = 3 });
    }

    /// <param name="file">The file's name, for messages.</param>
    /// <param name="header">The header's bytes.</param>
    /// <param name="dataLength">Bytes of the file behind the header.</param>
    /// <exception cref="CheckpointException">It is not a header of such a file.</exception>
    public static SafeTensorsHeader Parse(string file, ReadOnlySpan<byte> header, long dataLength)
    {
        var parser = new SafeTensorsHeaderParser(file, header, dataLength);
        try
        {
            parser.ReadAll();
        }
        catch (JsonException exception)
        {
            throw parser.Malformed("it is not JSON", exception);
        }
        catch (InvalidOperationException exception)
        {
            throw parser.Malformed("it holds text that is not UTF-8", exception);
        }

        return parser.Check();
    }

    void ReadAll()
    {
        if (header.IsEmpty || header[0] != (byte)'{')
        {
            throw Malformed("it does not begin with '{'");
        }

        json.Read();
        while (Next() == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            if (name.Length > MaximumName || name.Any(char.IsControl))
            {
                throw Malformed($"a tensor's name has more than {MaximumName} characters, or control characters");
            }

            Expect(JsonTokenType.StartObject);
            if (name == "__metadata__")
            {
                ReadMetadata();
            }
            else if (!tensors.TryAdd(name, ReadTensor(name)))
            {
                throw Malformed($"it names tensor '{name}' twice", tensor: name);
            }
        }

        // Anything but white space behind the last brace is an error.
        json.Read();
    }

    void ReadMetadata()
    {
        if (sawMetadata)
        {
            throw Malformed("it has two sections of metadata");
        }

        sawMetadata = true;
        while (Next() == JsonTokenType.PropertyName)
        {
            var key = json.GetString()!;
            Expect(JsonTokenType.String);
            if (key == Checksums.HeaderKey && !json.ValueIsEscaped)
            {
                headerChecksumAt = (int)json.TokenStartIndex + 1;
            }

            if (!metadata.TryAdd(key, json.GetString()!))
            {
                throw Malformed("its metadata has a key twice");
            }
        }
    }

    RawTensor ReadTensor(string name)
    {
        ElementType? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        while (Next() == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("dtype"u8) && type is null)
            {
                Expect(JsonTokenType.String);
                type = ElementTypes.Parse(json.GetString()) ?? throw Malformed($"tensor '{name}' has an unknown element type", tensor: name);
            }
            else if (json.ValueTextEquals("shape"u8) && shape is null)
            {
                shape = ReadNumbers(name, SafeTensorsHeader.MaximumAxes);
            }
            else if (json.ValueTextEquals("data_offsets"u8) && offsets is null)
            {
                offsets = ReadNumbers(name, 2);
            }
            else
            {
                throw Malformed($"tensor '{name}' has an entry that is unknown or appears twice", tensor: name);
            }
        }

        return type is { } element && shape is not null && offsets is [var begin, var end]
            ? new RawTensor(element, shape, begin, end)
            : throw Malformed($"tensor '{name}' lacks its dtype, its shape or its two data_offsets", tensor: name);
    }

    List<long> ReadNumbers(string name, int most)
    {
        Expect(JsonTokenType.StartArray);
        var numbers = new List<long>();
        while (Next() == JsonTokenType.Number && json.TryGetInt64(out var number) && number >= 0 && numbers.Count < most)
        {
            numbers.Add(number);
        }

        return json.TokenType == JsonTokenType.EndArray
            ? numbers
            : throw Malformed($"tensor '{name}' has a list of numbers with something else than up to {most} whole numbers", tensor: name);
    }

    readonly SafeTensorsHeader Check()
    {
        var checksums = CheckHeaderChecksum();
        var start = SafeTensorsHeader.LengthBytes + header.Length;
        var entries = new List<TensorEntry>(tensors.Count);
        long position = 0;
        foreach (var (name, tensor) in tensors.OrderBy(static pair => pair.Value.Begin).ThenBy(static pair => pair.Value.End))
        {
            if (tensor.Begin != position || tensor.End < tensor.Begin || tensor.End > dataLength)
            {
                throw new CheckpointException(
                    file,
                    tensor.End > dataLength
                        ? $"tensor '{name}' reaches to byte {start + (decimal)tensor.End}, but the file ends at byte {start + dataLength}: it is cut off or damaged."
                        : $"tensor '{name}' begins at byte {start + (decimal)tensor.Begin}, but the one before it ends at byte {start + position}: the file is damaged.",
                    name,
                    start + position);
            }

            position = tensor.End;
            if (tensor.Bytes() != tensor.End - tensor.Begin)
            {
                throw new CheckpointException(
                    file,
                    $"tensor '{name}' of shape [{string.Join(", ", tensor.Shape)}] does not have the {tensor.End - tensor.Begin} bytes that the header gives it: the file is damaged.",
                    name,
                    start + tensor.Begin);
            }

            entries.Add(new TensorEntry(name, tensor.Type, tensor.Shape, start + tensor.Begin, tensor.End - tensor.Begin, checksums ? TensorChecksum(name) : null));
        }

        if (position != dataLength)
        {
            throw new CheckpointException(file, $"the last tensor ends at byte {start + position}, but the file goes on to byte {start + dataLength}: it is damaged.", offset: start + position);
        }

        var text = metadata.Where(static pair => !pair.Key.StartsWith(Checksums.Prefix, StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);
        return new SafeTensorsHeader(entries, text, checksums);
    }

    /// <summary>False where the file has no checksums at all.</summary>
    readonly bool CheckHeaderChecksum()
    {
        if (!metadata.Keys.Any(static key => key.StartsWith(Checksums.Prefix, StringComparison.Ordinal)))
        {
            return false;
        }

        var wanted = metadata.GetValueOrDefault(Checksums.HeaderKey);
        return headerChecksumAt >= 0
            && wanted is { Length: Checksums.Digits }
            && metadata.GetValueOrDefault(Checksums.AlgorithmKey) == Checksums.Algorithm
            && wanted == Checksums.OfHeader(header, headerChecksumAt)
                ? true
                : throw Malformed("its checksum is wrong");
    }

    readonly string TensorChecksum(string name) =>
        metadata.GetValueOrDefault(Checksums.Key(name)) ?? throw Malformed($"tensor '{name}' has no checksum although others have", tensor: name);

    JsonTokenType Next()
    {
        if (!json.Read())
        {
            throw Malformed("it ends too early");
        }

        return json.TokenType;
    }

    void Expect(JsonTokenType type)
    {
        if (Next() != type)
        {
            throw Malformed($"it has {json.TokenType} where {type} belongs");
        }
    }

    readonly CheckpointException Malformed(string problem, Exception? cause = null, string? tensor = null)
    {
        var offset = SafeTensorsHeader.LengthBytes + json.BytesConsumed;
        return new CheckpointException(file, $"the header of this safetensors file is damaged near byte {offset}: {problem}.", tensor, offset, cause);
    }

    readonly record struct RawTensor(ElementType Type, List<long> Shape, long Begin, long End)
    {
        /// <summary>-1 if it is more than any file holds.</summary>
        public long Bytes()
        {
            Int128 bytes = Type.Size();
            foreach (var size in Shape)
            {
                bytes *= size;
                if (bytes > long.MaxValue)
                {
                    return -1;
                }
            }

            return (long)bytes;
        }
    }
}
