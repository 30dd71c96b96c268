using System.Diagnostics;
using System.Text;
using CsCheck;
using NetDsl.Runtime.Checkpoints;

namespace NetDsl.Tests.Checkpoints;

/// <summary>No header may crash the parser, keep it busy, or make it take memory beyond a multiple of its size.</summary>
public class SafeTensorsFuzzTests
{
    const int Iterations = 10_000;

    static readonly byte[] Sound = Encoding.UTF8.GetBytes(
        """{"__metadata__":{"format":"pt","a":"b"},"conv1.weight":{"dtype":"F32","shape":[20,1,5,5],"data_offsets":[0,2000]},"conv1.bias":{"dtype":"F16","shape":[20],"data_offsets":[2000,2040]}}  """);

    /// <summary>Pieces of which headers are made: strung together at random they come much closer to a sound one than random bytes.</summary>
    static readonly string[] Words =
    [
        "{", "}", "[", "]", ":", ",", "\"", "\\u0000", "\\ud83d", " ", "\n", "0", "1", "4", "-1", "1e9", "9223372036854775807", "18446744073709551616", "null", "true",
        "\"__metadata__\":", "\"dtype\":\"F32\",", "\"shape\":[1],", "\"data_offsets\":[0,4]", "\"a\":", "\"checksum.header\":\"0000000000000000\"",
    ];

    static readonly Gen<byte[]> RandomBytes = Gen.Byte.Array[0, 300];

    static readonly Gen<byte[]> RandomWords = Gen.Int[0, Words.Length - 1].Select(word => Words[word]).Array[0, 60].Select(words => Encoding.UTF8.GetBytes("{" + string.Concat(words)));

    static readonly Gen<byte[]> Mutated = Gen.Select(Gen.Int[0, Sound.Length - 1], Gen.Byte).Array[1, 4].Select(changes =>
    {
        var header = Sound.ToArray();
        foreach (var (at, value) in changes)
        {
            header[at] = value;
        }

        return header;
    });

    static readonly Gen<byte[]> Spliced = Gen.Select(Gen.Int[0, Sound.Length], Gen.Int[0, Sound.Length], Gen.Int[0, Sound.Length]).Select(cut =>
        (byte[])[.. Sound.AsSpan(0, cut.Item1), .. Sound.AsSpan(Math.Min(cut.Item2, cut.Item3)..Math.Max(cut.Item2, cut.Item3)), .. Sound.AsSpan(cut.Item1)]);

    [Fact]
    public void Random_bytes() => RandomBytes.Sample(Survives, iter: Iterations, threads: 1);

    [Fact]
    public void Random_words() => RandomWords.Sample(Survives, iter: Iterations, threads: 1);

    [Fact]
    public void A_sound_header_with_other_bytes() => Mutated.Sample(Survives, iter: Iterations, threads: 1);

    [Fact]
    public void A_sound_header_with_a_piece_of_itself_put_in() => Spliced.Sample(Survives, iter: Iterations, threads: 1);

    [Fact]
    public void The_sound_header_is_sound() => Assert.Equal(2, SafeTensorsHeaderParser.Parse("file", Sound, 2040).Tensors.Count);

    [Theory]
    [InlineData(10_000, "[")]
    [InlineData(100_000, "{\"a\":")]
    [InlineData(100_000, "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},")]
    [InlineData(1_000_000, "{\"a\":{\"shape\":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1")]
    public void A_repetitive_header_ends_early(int length, string unit) =>
        Survives(Encoding.UTF8.GetBytes("{" + string.Concat(Enumerable.Repeat(unit, length / unit.Length))));

    [Fact]
    public void A_header_of_a_hundred_thousand_tensors_is_read()
    {
        var tensors = Enumerable.Range(0, 100_000).Select(i => $"\"t{i}\":{{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[{i},{i + 1}]}}");
        Survives(Encoding.UTF8.GetBytes($"{{{string.Join(',', tensors)}}}"), dataLength: 100_000);
    }

    static void Survives(byte[] header) => Survives(header, 2040);

    static void Survives(byte[] header, long dataLength)
    {
        var watch = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var parsed = SafeTensorsHeaderParser.Parse("file", header, dataLength);
            Assert.Equal(dataLength, parsed.Tensors.Sum(tensor => tensor.Length));
        }
        catch (CheckpointException exception)
        {
            Assert.NotEmpty(exception.Message);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000 + 20L * header.Length);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }
}
