using System.Globalization;
using System.IO.Hashing;

namespace NetDsl.Runtime.Checkpoints;

/// <summary>
/// How checksums stand in the metadata of a file. There is one for each tensor and one for the header, computed with zeros in its own place;
/// a file has all of them or, if another program wrote it, none.
/// </summary>
static class Checksums
{
    /// <summary>Metadata that begins with this is about checksums: a file that has some of it must have all.</summary>
    public const string Prefix = "checksum";

    /// <summary>Names the algorithm.</summary>
    public const string AlgorithmKey = "checksum";

    /// <summary>XxHash3 with 64 bits, seed 0, written as 16 hexadecimal digits.</summary>
    public const string Algorithm = "xxh3-64";

    /// <summary>The header's own.</summary>
    public const string HeaderKey = "checksum.header";

    /// <summary>Digits of a checksum.</summary>
    public const int Digits = 16;

    static readonly byte[] Zeros = "0000000000000000"u8.ToArray();

    /// <summary>Stands where a checksum is to be filled in.</summary>
    public static string Blank => new('0', Digits);

    /// <summary>A tensor's.</summary>
    public static string Key(string tensor) => $"{Prefix}/{tensor}";

    /// <summary>The text of a hash.</summary>
    public static string Text(ulong hash) => hash.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>The checksum of a header whose own checksum stands at <paramref name="digits"/>.</summary>
    public static string OfHeader(ReadOnlySpan<byte> header, int digits)
    {
        var hash = new XxHash3();
        hash.Append(header[..digits]);
        hash.Append(Zeros);
        hash.Append(header[(digits + Digits)..]);
        return Text(hash.GetCurrentHashAsUInt64());
    }
}
