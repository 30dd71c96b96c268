using System.Runtime.Intrinsics.X86;

namespace NetDsl.Kernels;

/// <summary>
/// Whether additions have arithmetic units of their own, beside those of multiply-adds. AMD's processors have as many of the one as of the other (Zen: "Software Optimization Guide", two
/// pipes each); Intel's share them.
/// </summary>
static class Adders
{
    static readonly bool Apart = X86Base.IsSupported && Vendor() == "AuthenticAMD";

    /// <summary>An addition and a multiply-add of such lanes take no longer than the multiply-add alone, and there are registers enough for tiles that want both.</summary>
    public static bool Beside<T>()
        where T : struct, IMemoryLanes<T> => typeof(T) == typeof(Lanes512) && Avx512F.IsSupported && Apart;

    static string Vendor()
    {
        var (_, first, third, second) = X86Base.CpuId(0, 0);
        return string.Create(12, (first, second, third), static (text, words) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                var word = i < 4 ? words.first : i < 8 ? words.second : words.third;
                text[i] = (char)((word >> (8 * (i % 4))) & 0xFF);
            }
        });
    }
}
