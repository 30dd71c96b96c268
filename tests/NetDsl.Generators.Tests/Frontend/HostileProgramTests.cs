using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetDsl.Generators.Frontend;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Tests.Frontend;

/// <summary>Programs that are half-typed or mean harm: evaluation ends, with diagnostics of its own or of C#, and never fails itself.</summary>
public class HostileProgramTests
{
    const string Everything = """
        [Network]
        public partial class Net
        {
            const int Hidden = 4;
            static readonly Layer Stem = Conv(3, kernel: 1);
            record Cell(Layer Input, Layer Hidden);
            static Layer Residual(int filters) { var body = Conv(filters, 3, padding: 1) >> ReLU; return x => x + body(x) | ReLU; }
            static (Tensor scores, Tensor aux) Forward([Shape(Batch, 3, 8, 8)] Tensor image)
            {
                var cell = new Cell(Dense(4 * Hidden), Dense(4 * Hidden, bias: false));
                Tensor? h = null;
                foreach (var x in Split(image | Stem | Residual(3), parts: 3))
                {
                    var gates = h is null ? cell.Input(x) : cell.Input(x) + cell.Hidden(h);
                    var (i, f, g, o) = Split(gates, parts: 4);
                    h = Concat([i, f, .. new[] { g, o }.Select(t => t | Tanh)]) switch { var y when y.Shape[1] > 3 => y, _ => gates };
                }
                for (var k = 0; k < 2; k++) { h |= (t => t * 0.5f); }
                return (h! | Dense(10, name: $"scores{Hidden}"), image | Dense(10));
            }
            static Tensor Loss(Tensor scores, Tensor aux, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label) + 0.3f * SoftmaxCrossEntropy(aux, label);
        }
        """;

    [Fact]
    public void Deleting_any_token_of_LeNet_is_survived() => SurvivesDeletions(Project.Zoo("LeNet")[0].Source);

    [Fact]
    public void Deleting_any_token_of_a_program_with_everything_is_survived()
    {
        Assert.Equal(2, Project.Graph(Everything).Results.Count(static r => r.Kind == ResultKind.Output));
        SurvivesDeletions(Everything);
    }

    [Fact]
    public void Cutting_a_program_off_anywhere_is_survived()
    {
        foreach (var token in CSharpSyntaxTree.ParseText(Everything, Project.Options).GetRoot().DescendantTokens().Where(static (_, i) => i % 3 == 0))
        {
            Survives(Everything[..token.SpanStart]);
        }
    }

    [Theory]
    [InlineData("for (;;) { }")]
    [InlineData("do { } while (true);")]
    [InlineData("var n = 0; while (n >= 0) { n++; n--; }")]
    [InlineData("var list = new List<int> { 1 }; foreach (var _ in Enumerable.Range(0, 100)) { list.AddRange(list); }")]
    [InlineData("var s = \"x\"; for (var i = 0; i < 100; i++) { s += s; }")]
    [InlineData("var s = \"x\"; for (var i = 0; i < 100; i++) { s = $\"{s}{s}\"; }")]
    [InlineData("var s = string.Concat(Enumerable.Repeat(\"xxxxxxxxxx\", 900000)); for (var i = 0; i < 100; i++) { s = string.Concat(s, s); }")]
    [InlineData("var a = new int[int.MaxValue];")]
    [InlineData("var a = Enumerable.Range(0, int.MaxValue).ToArray();")]
    [InlineData("int Down(int n) => Down(n + 1); Down(0);")]
    [InlineData("Func<int, int>? f = null; f = n => f!(n); f(1);")]
    [InlineData("Layer f = null!; f = t => t | f; x |= f;")]
    [InlineData("Layer f = null!; x |= f;")]
    [InlineData("int[] a = null!; a[0] = 1;")]
    [InlineData("string s = null!; var n = s.Length;")]
    [InlineData("goto end; end: ;")]
    [InlineData("checked { var n = int.MaxValue; n++; }")]
    [InlineData("var n = int.MinValue / (x.Shape[1] - 4);")]
    [InlineData("var n = new int[2, 2]; n[0, 0] = 1;")]
    [InlineData("dynamic d = 3; d.Foo();")]
    [InlineData("lock (x) { }")]
    [InlineData("using var s = new System.IO.MemoryStream();")]
    [InlineData("var t = typeof(int).Name;")]
    [InlineData("unsafe { int n = 0; var p = &n; }")]
    [InlineData("object o = 1; var s = (string)o;")]
    [InlineData("var e = Enumerable.Empty<int>().First();")]
    [InlineData("var e = int.Parse(\"abc\");")]
    [InlineData("x = x | ReLU | (Layer)(object)3;")]
    [InlineData("x = Slice(x, -1, 3); ")]
    [InlineData("x = Slice(x, 0, 3, axis: 7); ")]
    [InlineData("x = Reshape(x, [0, 0, 0, 0, 0]);")]
    [InlineData("x = Concat();")]
    [InlineData("x |= Conv(int.MaxValue, 1) >> Conv(int.MaxValue, 1) >> Dense(int.MaxValue);")]
    [InlineData("x |= MaxPool(0);")]
    [InlineData("x |= MaxPool(2, stride: 0);")]
    [InlineData("x |= Conv(3, kernel: (int.MaxValue, int.MaxValue), dilation: (int.MaxValue, 1));")]
    [InlineData("switch (x) { case null: break; }")]
    [InlineData("var y = x with { };")]
    [InlineData("delegate*<int> p = null;")]
    [InlineData("var r = ref x;")]
    [InlineData("_ = x.Shape[4]; _ = x.Shape[-1];")]
    [InlineData("foreach (var t in x.Shape.GetEnumerator()) { }")]
    [InlineData("var s = stackalloc int[3];")]
    [InlineData("var z = x == null;  if (x != x) { }")]
    public void Ends(string statements) => Survives(Project.Network(statements + " return x;"));

    [Theory]
    [InlineData("class A { [Network] public static partial class B { } }")]
    [InlineData("[Network] public partial class A<T> { }")]
    [InlineData("[Network] partial class A : B { } class B { static Tensor Forward([Shape(Batch)] Tensor x) => x; }")]
    [InlineData("[Network] partial class A { static Tensor Forward([Shape] Tensor x) => x; }")]
    [InlineData("[Network] partial class A { static Tensor Forward([Shape(null)] Tensor x) => x; }")]
    [InlineData("[Network] partial class A { static Tensor Forward([Shape(\"a\")] Tensor x) => x; }")]
    [InlineData("[Network] partial class A { static extern Tensor Forward([Shape(Batch)] Tensor x); }")]
    [InlineData("[Network] partial class A { static partial Tensor Forward([Shape(Batch)] Tensor x); }")]
    [InlineData("[Network] partial class A { static Tensor Forward { get; } }")]
    [InlineData("[Network] partial class A { static Tensor Forward([Shape(Batch)] ref Tensor x) => x; }")]
    [InlineData("[Network] partial class A { static Tensor Forward([Shape(Batch, 3)] Tensor x) => x; static Tensor Forward() => null!; }")]
    [InlineData("[Network] partial class A { static Tensor Forward() => null!; }")]
    [InlineData("[Network] partial class A { static Tensor Forward([Shape(Batch, int.MaxValue, int.MaxValue)] Tensor x) => x | Dense(10); }")]
    [InlineData("[Network] partial class A { static (Tensor, Tensor) Forward([Shape(Batch, 3)] Tensor x) => (x, null!); static int Loss() => 3; }")]
    public void Declarations_end(string source) => Survives(source);

    static void SurvivesDeletions(string source)
    {
        foreach (var token in CSharpSyntaxTree.ParseText(source, Project.Options).GetRoot().DescendantTokens().Where(static t => t.Span.Length > 0))
        {
            Survives(source.Remove(token.SpanStart, token.Span.Length));
        }
    }

    static void Survives(string source)
    {
        var compilation = Project.Compile(("Net.cs", source));
        var networks = compilation.GetSymbolsWithName(static _ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>()
            .Where(static t => t.GetAttributes().Any(static a => a.AttributeClass?.Name is "NetworkAttribute"));
        foreach (var network in networks)
        {
            var result = NetworkFrontend.Evaluate(network, compilation, default);
            Assert.DoesNotContain(result.Diagnostics, static d => d.Id == "NDSL901");
            // No graph without a word: where the front end is silent, the C# compiler is not.
            Assert.True(
                result.Graph is not null || result.Diagnostics.Any(static d => d.IsError) || compilation.GetDiagnostics().Any(static d => d.Severity == DiagnosticSeverity.Error),
                "no graph and no error:\n" + source);
        }
    }
}
