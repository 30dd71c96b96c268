using System.Buffers.Binary;
using System.Text;
using NetDsl.Runtime.Checkpoints;

namespace NetDsl.Tests.Checkpoints;

public sealed class SafeTensorsTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_was_written_is_read()
    {
        var file = folder.File("a.safetensors");
        SafeTensorsWriter.Write(file, [Tensor("conv1.weight", [2, 3], 1, 2, 3, 4, 5, 6), Tensor("conv1.bias", [2], -1, 0.5f), Tensor("none", [0])], new Dictionary<string, string> { ["network"] = "LeNet \"é\"" });

        using var reader = SafeTensorsReader.Open(file);
        Assert.Equal("LeNet \"é\"", Assert.Single(reader.Header.Metadata).Value);
        Assert.True(reader.Header.HasChecksums);
        Assert.Equal(["conv1.weight", "conv1.bias", "none"], reader.Header.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([2, 3], reader.Find("conv1.weight")!.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], Read(reader, "conv1.weight"));
        Assert.Equal([-1, 0.5f], Read(reader, "conv1.bias"));
        Assert.Empty(Read(reader, "none"));
        Assert.Null(reader.Find("conv2.bias"));
        Assert.Equal([file], Directory.GetFiles(folder.Path));
    }

    /// <summary>Byte for byte what <c>safetensors.torch.save_file</c> writes: names sorted, the header padded to 8 bytes, no checksums.</summary>
    [Fact]
    public void A_file_by_PyTorch_is_read()
    {
        var file = Write(
            """{"__metadata__":{"format":"pt"},"d":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"f":{"dtype":"F32","shape":[1,2],"data_offsets":[8,16]},"b":{"dtype":"BF16","shape":[2],"data_offsets":[16,20]},"h":{"dtype":"F16","shape":[],"data_offsets":[20,22]},"i":{"dtype":"I64","shape":[],"data_offsets":[22,30]}}   """,
            [.. BitConverter.GetBytes(0.1), .. BitConverter.GetBytes(1.5f), .. BitConverter.GetBytes(-2f), 0x80, 0x3F, 0x00, 0xC0, 0x00, 0x3E, 7, 0, 0, 0, 0, 0, 0, 0]);

        using var reader = SafeTensorsReader.Open(file);
        Assert.False(reader.Header.HasChecksums);
        Assert.Equal("pt", reader.Header.Metadata["format"]);
        Assert.Equal([0.1f], Read(reader, "d"));
        Assert.Equal([1.5f, -2], Read(reader, "f"));
        Assert.Equal([1, -2], Read(reader, "b"));
        Assert.Equal([1.5f], Read(reader, "h"));
        var error = Assert.Throws<CheckpointException>(() => Read(reader, "i"));
        Assert.Equal("i", error.Tensor);
        Assert.Contains("I64", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, int> Hostile => new()
    {
        { "not JSON", "{\"a\":", 0 },
        { "no object", "[]", 0 },
        { "empty", "", 0 },
        { "text behind it", "{} x", 0 },
        { "deep nesting", "{\"a\":{\"shape\":[[[[[[[[[[1]]]]]]]]]]}}", 4 },
        { "bytes that no tensor has", "{}", 4 },
        { "a hole in front", Entry("a", "[1]", "[4,8]"), 8 },
        { "a hole between", Two("[0,4]", "[8,12]"), 12 },
        { "an overlap", Two("[0,4]", "[0,4]"), 4 },
        { "half an overlap", Two("[0,8]", "[4,12]", "[2]"), 12 },
        { "bytes left at the end", Entry("a", "[1]", "[0,4]"), 8 },
        { "beyond the end", Entry("a", "[2]", "[0,8]"), 4 },
        { "far beyond the end", Entry("a", "[2305843009213693951]", "[0,9223372036854775804]"), 4 },
        { "a shape that overflows", Entry("a", "[4294967296,4294967296,4294967296,4294967296]", "[0,0]"), 0 },
        { "a shape that overflows to its length", Entry("a", "[4611686018427387905]", "[0,4]"), 4 },
        { "an overflow before a zero", Entry("a", "[9223372036854775807,9223372036854775807,0]", "[0,0]"), 0 },
        { "end before begin", Entry("a", "[0]", "[4,0]"), 4 },
        { "a negative size", Entry("a", "[-1]", "[0,4]"), 4 },
        { "a negative offset", Entry("a", "[1]", "[-4,0]"), 4 },
        { "a fraction", Entry("a", "[1.5]", "[0,4]"), 4 },
        { "a huge number", Entry("a", "[1e300]", "[0,4]"), 4 },
        { "too many axes", Entry("a", $"[{string.Join(',', Enumerable.Repeat(1, 33))}]", "[0,4]"), 4 },
        { "three offsets", Entry("a", "[1]", "[0,4,4]"), 4 },
        { "an unknown type", "{\"a\":{\"dtype\":\"F31\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4 },
        { "a type that is no text", "{\"a\":{\"dtype\":4,\"shape\":[1],\"data_offsets\":[0,4]}}", 4 },
        { "no type", "{\"a\":{\"shape\":[1],\"data_offsets\":[0,4]}}", 4 },
        { "an unknown entry", "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"code\":\"x\"}}", 4 },
        { "an entry twice", "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4 },
        { "a name twice", "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}", 0 },
        { "a line break in a name", Entry("a\\nb", "[1]", "[0,4]"), 4 },
        { "an endless name", Entry(new string('a', 1001), "[1]", "[0,4]"), 4 },
        { "half a surrogate in a name", Entry("\\ud800", "[1]", "[0,4]"), 4 },
        { "metadata twice", "{\"__metadata__\":{},\"__metadata__\":{}}", 0 },
        { "a metadata key twice", "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", 0 },
        { "metadata that is no text", "{\"__metadata__\":{\"a\":1}}", 0 },
        { "some checksums", "{\"__metadata__\":{\"checksum/a\":\"0000000000000000\"}}", 0 },
        { "a wrong header checksum", "{\"__metadata__\":{\"checksum\":\"xxh3-64\",\"checksum.header\":\"0000000000000000\"}}", 0 },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_header_is_refused(string what, string header, int dataLength)
    {
        var error = Assert.Throws<CheckpointException>(() => SafeTensorsReader.Open(Write(header, new byte[dataLength])).Dispose());
        Assert.True(error.Message.StartsWith(error.File, StringComparison.Ordinal) && error.Message.Length < 1500 && error.Message.Trim().EndsWith('.'), what);
        Assert.NotNull(error.Offset);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1ul << 63)]
    [InlineData(int.MaxValue)]
    [InlineData(100_000_001)]
    public void A_header_longer_than_the_file_is_never_allocated(ulong length)
    {
        var file = folder.File("long.safetensors");
        var bytes = new byte[64];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        File.WriteAllBytes(file, bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<CheckpointException>(() => SafeTensorsReader.Open(file).Dispose());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused_with_its_name()
    {
        var whole = Sample();
        var file = folder.File("cut.safetensors");
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(file, whole.AsSpan(0, length));
            var error = Assert.Throws<CheckpointException>(() => ReadAll(file));
            Assert.Equal(file, error.File);
            Assert.NotNull(error.Offset);
        }
    }

    [Fact]
    public void Every_flipped_bit_is_found()
    {
        var whole = Sample();
        var file = folder.File("flipped.safetensors");
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            whole[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(file, whole);
            Assert.Throws<CheckpointException>(() => ReadAll(file));
            whole[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        File.WriteAllBytes(file, whole);
        Assert.Equal(7, ReadAll(file));
    }

    [Fact]
    public void A_flipped_bit_in_a_tensor_names_it()
    {
        var whole = Sample();
        whole[^1] ^= 1;
        var file = folder.File("flipped.safetensors");
        File.WriteAllBytes(file, whole);
        var error = Assert.Throws<CheckpointException>(() => ReadAll(file));
        Assert.Equal("fc.bias", error.Tensor);
        Assert.Equal(whole.Length - 3 * sizeof(float), error.Offset);
    }

    [Fact]
    public void What_is_no_file_is_refused()
    {
        Assert.Throws<CheckpointException>(() => SafeTensorsReader.Open(folder.Path).Dispose());
        Assert.Contains("no such file", Assert.Throws<CheckpointException>(() => SafeTensorsReader.Open(folder.File("none")).Dispose()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Values_that_are_no_numbers_are_not_written(float bad)
    {
        var file = folder.File("a.safetensors");
        SafeTensorsWriter.Write(file, [Tensor("a", [2], 1, 2)], new Dictionary<string, string>());
        var before = File.ReadAllBytes(file);
        var values = new float[100];
        values[77] = bad;
        var error = Assert.Throws<CheckpointException>(() => SafeTensorsWriter.Write(file, [Tensor("a", [100], values)], new Dictionary<string, string>()));
        Assert.Equal("a", error.Tensor);
        Assert.Contains("element 77", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(file));
        Assert.Equal([file], Directory.GetFiles(folder.Path));
    }

    byte[] Sample()
    {
        var file = folder.File("sample.safetensors");
        SafeTensorsWriter.Write(file, [Tensor("fc.weight", [2, 2], 1, 2, 3, 4), Tensor("fc.bias", [3], 5, 6, 7)], new Dictionary<string, string> { ["iteration"] = "12" });
        return File.ReadAllBytes(file);
    }

    string Write(string header, byte[] data)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, text.Length);
        var file = folder.File("written.safetensors");
        File.WriteAllBytes(file, [.. prefix, .. text, .. data]);
        return file;
    }

    /// <summary>The number of values.</summary>
    static int ReadAll(string file)
    {
        using var reader = SafeTensorsReader.Open(file);
        foreach (var tensor in reader.Header.Tensors)
        {
            reader.Verify(tensor);
        }

        return reader.Header.Tensors.Sum(tensor => Read(reader, tensor.Name).Length);
    }

    static float[] Read(SafeTensorsReader reader, string name)
    {
        var tensor = reader.Find(name)!;
        var values = new float[tensor.Count];
        reader.Read(tensor, values);
        return values;
    }

    static TensorSource Tensor(string name, int[] shape, params float[] values) => new(name, shape, () => values);

    static string Entry(string name, string shape, string offsets) => $"{{\"{name}\":{{\"dtype\":\"F32\",\"shape\":{shape},\"data_offsets\":{offsets}}}}}";

    static string Two(string first, string second, string shape = "[1]") => $"{Entry("a", shape, first)[..^1]},{Entry("b", shape, second)[1..]}";
}
