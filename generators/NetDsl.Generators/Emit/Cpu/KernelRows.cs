namespace NetDsl.Generators.Emit.Cpu;

/// <summary>Which rows of the kernel reach the source from a given target row, as C# in the variables <c>row</c> and <c>kh</c>.</summary>
/// <param name="Begin">The first kernel row.</param>
/// <param name="End">One behind the last.</param>
/// <param name="Skip">A condition under which a row in between reaches nothing; empty for none.</param>
/// <param name="Source">The source row.</param>
sealed record KernelRows(string Begin, string End, string Skip, string Source)
{
    public static KernelRows Forward(ConvolutionGeometry g)
    {
        var (s, d, p) = (g.StrideHeight, g.DilationHeight, g.PaddingHeight);
        var source = Sum(Product("row", s), Product("kh", d), -p);
        var begin = p == 0 ? "0" : $"Math.Max(0, {QuotientUp($"{p} - {Product("row", s)}", d)})";
        var reach = (g.OutputHeight - 1) * s + (g.KernelHeight - 1) * d - p;
        var end = reach < g.Height
            ? $"{g.KernelHeight}"
            : $"Math.Min({g.KernelHeight}, {QuotientUp($"{g.Height + p} - {Product("row", s)}", d)})";
        return new(begin, end, "", source);
    }

    public static KernelRows InputGradient(ConvolutionGeometry g)
    {
        var (s, d, p) = (g.StrideHeight, g.DilationHeight, g.PaddingHeight);
        var reach = Sum("row", p == 0 ? "" : $"{p}", 0);
        if (s > 1)
        {
            var at = $"({reach} - {Product("kh", d)})";
            return new("0", $"{g.KernelHeight}", $"{at} < 0 || {at} % {s} != 0 || {at} / {s} >= {g.OutputHeight}", $"{at} / {s}");
        }

        // 0 ≤ row + p - kh d < HO
        var begin = $"Math.Max(0, {QuotientUp($"{reach} - {g.OutputHeight - 1}", d)})";
        var end = $"Math.Min({g.KernelHeight}, {(d == 1 ? $"{reach} + 1" : $"({reach}) / {d} + 1")})";
        return new(begin, end, "", $"{reach} - {Product("kh", d)}");
    }

    static string Product(string variable, int factor) => factor == 1 ? variable : $"{variable} * {factor}";

    static string Sum(string a, string b, int constant)
    {
        var sum = b.Length == 0 ? a : $"{a} + {b}";
        return constant == 0 ? sum : constant < 0 ? $"{sum} - {-constant}" : $"{sum} + {constant}";
    }

    /// <summary>A quotient rounded up; for a negative dividend any result ≤ 0 will do, since it is bounded below by 0.</summary>
    static string QuotientUp(string dividend, int divisor) => divisor == 1 ? dividend : $"({dividend} + {divisor - 1}) / {divisor}";
}
