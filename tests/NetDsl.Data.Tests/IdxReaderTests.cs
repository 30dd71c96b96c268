using CsCheck;

namespace NetDsl.Data.Tests;

public class IdxReaderTests
{
    static readonly byte[] Digits = IdxBytes.Create([3, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);

    static IdxFile Read(byte[] bytes) => IdxReader.Read(new MemoryStream(bytes), "digits.idx");

    static string Fault(byte[] bytes) => Assert.Throws<InvalidDataException>(() => Read(bytes)).Message;

    static byte[] With(int offset, byte value)
    {
        byte[] bytes = [.. Digits];
        bytes[offset] = value;
        return bytes;
    }

    [Fact]
    public void Reads_what_was_written_plain_and_compressed() =>
        Gen.Select(Gen.Int[1, 5].Array[1, 4], Gen.UInt).Sample((shape, seed) =>
        {
            var elements = new byte[shape.Aggregate(1, (a, b) => a * b)];
            new Random((int)seed).NextBytes(elements);
            var bytes = IdxBytes.Create(shape, elements);
            foreach (var file in new[] { Read(bytes), Read(IdxBytes.Compress(bytes)) })
            {
                Assert.Equal(shape, file.Shape);
                Assert.Equal(elements, file.Bytes.ToArray());
            }
        });

    [Fact]
    public void A_wrong_magic_number_is_named() =>
        Assert.Equal("digits.idx: at byte 0 the file begins with 50 00, where an IDX file begins with 00 00.", Fault(With(0, 0x50)));

    [Fact]
    public void Another_element_type_is_refused() =>
        Assert.Equal("digits.idx: at byte 2 the file holds elements of type 0x0D, where only unsigned bytes (0x08) are read.", Fault(With(2, 0x0D)));

    [Fact]
    public void A_file_without_axes_is_refused() =>
        Assert.Equal("digits.idx: at byte 3 the file has 0 axes, where 1 to 8 are read.", Fault(With(3, 0)));

    [Fact]
    public void A_negative_size_is_refused() =>
        Assert.Equal("digits.idx: at byte 4 the file says that axis 0 has 4,278,190,083 elements.", Fault(With(4, 0xFF)));

    [Fact]
    public void A_file_shorter_than_its_header_is_refused() =>
        Assert.Equal("digits.idx: at byte 6 the file ends within its header.", Fault(Digits[..6]));

    [Fact]
    public void An_empty_file_is_refused() => Assert.Equal("digits.idx: at byte 0 the file ends within its header.", Fault([]));

    [Fact]
    public void A_truncated_file_is_refused_before_memory_is_reserved() =>
        Assert.Equal("digits.idx: at byte 16 the file announces 3×2×2 bytes, more than the file can hold.", Fault(Digits[..20]));

    [Fact]
    public void Bytes_after_the_end_are_refused() =>
        Assert.Equal("digits.idx: at byte 28 the file goes on for 2 bytes after the last element.", Fault([.. Digits, 0, 0]));

    [Fact]
    public void A_truncated_gzip_stream_is_refused()
    {
        var noise = new byte[5000];
        new Random(1).NextBytes(noise);
        var compressed = IdxBytes.Compress(IdxBytes.Create([5000], noise));
        Assert.Matches(@"^digits\.idx: at byte \d+ the file (ends, [\d,]+ bytes before the last element|is damaged: its gzip stream cannot be decompressed)\.$", Fault(compressed[..3000]));
    }

    [Fact]
    public void A_gzip_stream_that_holds_less_than_its_header_says_is_refused() =>
        Assert.Equal("digits.idx: at byte 27 the file ends, 1 bytes before the last element.", Fault(IdxBytes.Compress(Digits[..27])));

    [Fact]
    public void A_gzip_stream_that_holds_more_than_its_header_says_is_refused() =>
        Assert.Equal("digits.idx: at byte 28 the file goes on after the last element.", Fault(IdxBytes.Compress([.. Digits, 0])));

    [Fact]
    public void A_huge_announcement_reserves_no_memory()
    {
        var bytes = IdxBytes.Compress(IdxBytes.Create([100, 200], []));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Fault(bytes);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void No_damage_does_worse_than_a_sentence_with_the_file_and_the_offset()
    {
        var compressed = IdxBytes.Compress(Digits);
        Gen.Select(Gen.Bool, Gen.Int[0, 200], Gen.Select(Gen.Int[0, 199], Gen.Byte).Array[0, 6]).Sample((gzip, length, edits) =>
        {
            byte[] bytes = [.. gzip ? compressed : Digits];
            Array.Resize(ref bytes, Math.Min(length, bytes.Length + 3));
            foreach (var (offset, value) in edits)
            {
                if (offset < bytes.Length)
                {
                    bytes[offset] = value;
                }
            }
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                var file = Read(bytes);
                Assert.Equal(file.Bytes.Length, file.Shape.Aggregate(1, (a, b) => a * b));
            }
            catch (InvalidDataException fault)
            {
                Assert.Matches(@"^digits\.idx: at byte \d+ the file .+\.$", fault.Message);
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        }, iter: 20_000);
    }
}
