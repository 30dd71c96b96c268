namespace NetDsl.Generators.Tests.Frontend;

/// <summary>What Forward may compute with: every program ends with a value that becomes the number of filters.</summary>
public class ConstantEvaluationTests
{
    const string Members = """
        const int Width = 16;
        static readonly int[] Widths = [8, 16, 32];
        static int Twice(int n) => 2 * n;
        static int Twice(float n) => 3;
        static int Sum(params int[] values) { var sum = 0; foreach (var v in values) { sum += v; } return sum; }
        static int Optional(int a, int b = 10, int c = 100) => a + b + c;
        static T Same<T>(T value) => value;
        static int Factorial(int n) => n <= 1 ? 1 : n * Factorial(n - 1);
        static int Computed { get { return Width + 1; } }
        static int Deep => Widths[^1];
        enum Size { Small = 4, Large = 9 }
        record Stage(int Filters, int Repeats = 2) { public int Total => Filters * Repeats; public int Plus(int n) => Filters + n; }
        record struct Pair(int A, int B);
        class Counter(int start) { int count = start; public int Next() { count++; return count; } public int Start => start; }
        class Plain { public int Value { get; set; } = 3; public readonly int Double; public Plain(int v) { Value = v; Double = 2 * v; } }
        abstract record Shape2 { public abstract int Area { get; } public virtual int Scaled(int by) => by * Area; }
        sealed record Square(int Side) : Shape2 { public override int Area => Side * Side; }
        """;

    [Theory]
    [InlineData("3 + 4 * 2 - 1", 10)]
    [InlineData("17 / 5 * 10 + 17 % 5", 32)]
    [InlineData("(int)(2.6f * 2) + (int)1.5", 6)]
    [InlineData("1 << 4 | 3", 19)]
    [InlineData("true && !false ? 5 : 6", 5)]
    [InlineData("Width", 16)]
    [InlineData("Widths[1] + Widths.Length", 19)]
    [InlineData("Deep + Computed", 49)]
    [InlineData("Twice(4) + Twice(4f)", 11)]
    [InlineData("Sum(1, 2, 3) + Sum() + Sum([4, 5])", 15)]
    [InlineData("Optional(1) + Optional(1, c: 1) + Optional(b: 1, a: 2)", 226)]
    [InlineData("Same(7) + Same<int>(1)", 8)]
    [InlineData("Factorial(5)", 120)]
    [InlineData("(int)Size.Large + (Size.Small is Size.Small ? 1 : 0)", 10)]
    [InlineData("new Stage(8).Total + new Stage(Filters: 3, Repeats: 4).Plus(1)", 20)]
    [InlineData("(new Stage(8) with { Repeats = 5 }).Total", 40)]
    [InlineData("new Stage(8) == new Stage(8, 2) ? 1 : 2", 1)]
    [InlineData("new Pair(3, 4) is (3, var b) ? b : 1", 4)]
    [InlineData("new Stage(5) is { Filters: > 4 and < 6 } s ? s.Repeats : 9", 2)]
    [InlineData("new Square(3).Scaled(2) + ((Shape2)new Square(2)).Area", 22)]
    [InlineData("new Plain(4).Double + new Plain(1) { Value = 5 }.Value", 13)]
    [InlineData("(1, 2, 3).Item2 + (A: 4, B: 5).B", 7)]
    [InlineData("(1, 2) == (1, 2) ? 3 : 4", 3)]
    [InlineData("x.Shape[1] + x.Shape[^1] + x.Shape.Count", 15)]
    [InlineData("x.Shape[0] == Batch ? 1 : 2", 1)]
    [InlineData("Enumerable.Range(1, 4).Select(n => n * n).Sum()", 30)]
    [InlineData("Widths.Zip([1, 2, 3], (w, n) => w * n).Aggregate((a, b) => a + b)", 136)]
    [InlineData("Widths.Where(w => w > 8).Select((w, i) => w + i).Last()", 33)]
    [InlineData("Enumerable.Repeat(3, 4).Concat([1]).Count() + Widths.Max() + Widths.Reverse().First()", 69)]
    [InlineData("(from w in Widths where w > 8 select w / 8).Sum()", 6)]
    [InlineData("Widths.Aggregate(1, (a, w) => a + w, a => a * 2)", 114)]
    [InlineData("Widths.Any(w => w == 16) && Widths.All(w => w > 0) ? 1 : 2", 1)]
    [InlineData("Math.Max(3, 4) + (int)MathF.Sqrt(16) + (int)Math.Pow(2, 3)", 16)]
    [InlineData("\"abc\".Length + $\"{Width}x{1.5:F1}\".Length + \"a,b\".Split(',').Length", 11)]
    [InlineData("int.Parse(\"12\") + Width.ToString().Length", 14)]
    [InlineData("((int?)null ?? 5) + (int?)3 ?? 1", 8)]
    [InlineData("Width switch { < 10 => 1, >= 10 and < 20 => 2, _ => 3 }", 2)]
    [InlineData("(Width, true) switch { (16, false) => 1, (16, true) => 2, _ => 3 }", 2)]
    [InlineData("Widths is [8, .., var last] ? last : 1", 32)]
    [InlineData("new[] { 1, 2, 3, 4 }[1..^1].Sum()", 5)]
    [InlineData("new List<int> { 1, 2, 3 }.Count + new List<int>([4, 5])[1]", 8)]
    [InlineData("nameof(Width).Length + sizeof(int) + default(int)", 9)]
    [InlineData("new { A = 3, B = 4 }.B", 4)]
    [InlineData("\"b\" + 1 is \"b1\" ? 2 : 3", 2)]
    [InlineData("checked(Width + 1)", 17)]
    [InlineData("((Func<int, int>)(n => n + 1))(4)", 5)]
    [InlineData("(x is null ? null : \"xy\")?.Length ?? 1", 2)]
    public void Expressions(string expression, int expected) => Assert.Equal(expected, Filters($"var n = {expression};"));

    [Theory]
    [InlineData("var n = 0; for (var i = 0; i < 5; i++) { if (i == 3) continue; n += i; }", 7)]
    [InlineData("var n = 0; for (int i = 0, j = 10; i < j; i++, j--) { n = i + j; }", 10)]
    [InlineData("var n = 0; foreach (var w in Widths) { if (w > 20) break; n += w; }", 24)]
    [InlineData("var n = 0; foreach (var (a, b) in new[] { (1, 2), (3, 4) }) { n += a * b; }", 14)]
    [InlineData("var n = 0; foreach (var ((a, _), b) in Widths.Zip([1, 2, 3]).Zip([4, 5, 6])) { n += a - b; }", 41)]
    [InlineData("var n = 1; while (n < 50) n *= 2;", 64)]
    [InlineData("var n = 1; do { n += 5; } while (n < 10);", 11)]
    [InlineData("int n; switch (Width) { case 1: n = 1; break; case > 10 when Width < 20: n = 2; break; default: n = 3; break; }", 2)]
    [InlineData("int n; switch (3) { case 1: case 3: n = 5; break; default: n = 6; break; }", 5)]
    [InlineData("var (a, (b, c)) = (1, (2, 3)); var n = a + b * c;", 7)]
    [InlineData("int a, n; (a, n) = (1, 2); (a, n) = (n, a + n);", 3)]
    [InlineData("var (f, r) = new Stage(6); var n = f * r;", 12)]
    [InlineData("int n = 3; void Add(int k) { n += k; } Add(4); Add(5);", 12)]
    [InlineData("int n = Later(3); int Later(int k) { return k * Width; }", 48)]
    [InlineData("static int Fib(int k) => k < 2 ? k : Fib(k - 1) + Fib(k - 2); var n = Fib(10);", 55)]
    [InlineData("var fs = new List<Func<int>>(); for (var i = 0; i < 3; i++) { var k = i; fs.Add(() => k * 10); } var n = fs[0]() + fs[1]() + fs[2]();", 30)]
    [InlineData("Func<int, Func<int, int>> add = a => b => a + b; var n = add(3)(4);", 7)]
    [InlineData("var counter = new Counter(5); counter.Next(); var n = counter.Next() + counter.Start;", 12)]
    [InlineData("int? m = null; m ??= 4; m ??= 5; var n = m.Value + (m.HasValue ? 1 : 0);", 5)]
    [InlineData("var a = new int[3]; a[1] = 4; a[^1] = 5; a[1] += 2; var n = a.Sum();", 11)]
    [InlineData("var a = new List<int>(); a.Add(3); a.AddRange([4, 5]); a.RemoveAt(0); var n = a[0] + a.Count;", 6)]
    [InlineData("var s = \"\"; foreach (var c in \"abc\") { s += c; } var n = s.Length;", 3)]
    [InlineData("int n = 0; { var k = 4; n += k; } { var k = 5; n += k; }", 9)]
    [InlineData("var n = 5; n++; ++n; n -= 2; n <<= 1; n ^= 1;", 11)]
    [InlineData("int Outer() { int Inner() => 3; return Inner() + 1; } var n = Outer();", 4)]
    [InlineData("byte b = 250; b += 10; int n = b;", 4)]
    [InlineData("float f = 3; f /= 2; var n = (int)(f * 4);", 6)]
    [InlineData("var p = new Pair { A = 1, B = 2 }; p.A = 5; var n = p.A + p.B;", 7)]
    [InlineData("object o = 3; var n = o is int k ? k + 1 : 0;", 4)]
    [InlineData("int n; if (Width > 100) { n = 1; } else if (Width > 10) { n = 2; } else { n = 3; }", 2)]
    public void Statements(string statements, int expected) => Assert.Equal(expected, Filters(statements));

    static int Filters(string statements)
    {
        var graph = Project.Forward($"{statements} return x | Conv(n, kernel: 1);", "Batch, 3, 8, 8", Members);
        return graph.Nodes[^1].Type.Sizes[0].Constant;
    }
}
