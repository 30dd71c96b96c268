using System.Text;

namespace NetDsl.Generators.Emit;

/// <summary>FNV-1a, 64 bits, of a text: the same on every machine.</summary>
static class Fnv
{
    const ulong OffsetBasis = 14695981039346656037;
    const ulong Prime = 1099511628211;

    public static ulong Hash(string text)
    {
        var hash = OffsetBasis;
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            hash = unchecked((hash ^ octet) * Prime);
        }

        return hash;
    }
}
