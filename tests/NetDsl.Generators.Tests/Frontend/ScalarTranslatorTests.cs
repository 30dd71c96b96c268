namespace NetDsl.Generators.Tests.Frontend;

public class ScalarTranslatorTests
{
    [Theory]
    [InlineData("x", "x")]
    [InlineData("MathF.Max(x, 0)", "T.Max(x, T.Create(0f))")]
    [InlineData("x > 0 ? x : slope * x", "T.Select(T.Greater(x, T.Create(0f)), x, T.Create(slope) * x)")]
    [InlineData("x < slope ? 0 : x", "T.Select(T.Greater(T.Create(slope), x), T.Create(0f), x)")]
    [InlineData("x >= 1 && x <= 2 ? 1 : 0", "T.Select(T.And(T.GreaterOrEqual(x, T.Create(1f)), T.GreaterOrEqual(T.Create(2f), x)), T.Create(1f), T.Create(0f))")]
    [InlineData("!(x == 1) || x != 2 ? x : -x", "T.Select(T.Or(T.Not(T.Equal(x, T.Create(1f))), T.Not(T.Equal(x, T.Create(2f)))), x, -x)")]
    [InlineData("1 - x", "T.Create(1f) - x")]
    [InlineData("x - (x - 1)", "x - (x - T.Create(1f))")]
    [InlineData("x / (x * 2)", "x / (x * T.Create(2f))")]
    [InlineData("(x + 1) * 2", "(x + T.Create(1f)) * T.Create(2f)")]
    [InlineData("x / (1 - slope)", "x / T.Create(1f - slope)")]
    [InlineData("x * (slope + 1) * 2", "x * T.Create(slope + 1f) * T.Create(2f)")]
    [InlineData("-(x + 1)", "-(x + T.Create(1f))")]
    [InlineData("x * -slope", "x * T.Create(-slope)")]
    [InlineData("flag ? x : 0", "flag ? x : T.Create(0f)")]
    [InlineData("1 + (flag ? x : 0)", "T.Create(1f) + (flag ? x : T.Create(0f))")]
    [InlineData("slope > 0 && flag ? x : 0", "slope > 0f && flag ? x : T.Create(0f)")]
    [InlineData("x > 0 && flag ? x : 0", "T.Select(T.And(T.Greater(x, T.Create(0f)), T.Equal(T.Create(flag ? 1f : 0f), T.Create(1f))), x, T.Create(0f))")]
    [InlineData("x / count", "x / T.Create((float)count)")]
    [InlineData("x * (count / 2)", "x * T.Create((float)(count / 2))")]
    [InlineData("MathF.Exp(x) + MathF.Log(x) + MathF.Tanh(x)", "LanesMath.Exp(x) + LanesMath.Log(x) + LanesMath.Tanh(x)")]
    [InlineData("Scalar.Sigmoid(x + slope)", "LanesMath.Sigmoid(x + T.Create(slope))")]
    [InlineData("MathF.Pow(MathF.Abs(x), 2) - MathF.Sqrt(x)", "LanesMath.Pow(T.Abs(x), T.Create(2f)) - T.Sqrt(x)")]
    [InlineData("Math.Clamp(x, -1, 1) + MathF.Floor(x) - MathF.Ceiling(x)", "T.Min(T.Max(x, T.Create(-1f)), T.Create(1f)) + T.Floor(x) - -T.Floor(-(x))")]
    [InlineData("Half(x + 1) * Two", "(x + T.Create(1f)) / T.Create(2f) * T.Create(2f)")]
    [InlineData("Local(x)", "(x + x) * (x + x)")]
    [InlineData("float.PositiveInfinity + x", "T.Create(float.PositiveInfinity) + x")]
    [InlineData("1e-20f * x", "T.Create(1E-20f) * x")]
    public void A_function_becomes_an_expression_over_lanes(string function, string lanes)
    {
        var graph = Project.Forward("return x | F(0.5f, 3, true);", members: $$"""
            const float Two = 2;
            [Elementwise(nameof(Of))]
            static Layer F(float slope, int count, bool flag) => throw new NotExecutableException();
            static float Of(float x, float slope, int count, bool flag) => {{function}};
            static float Half(float v) => v / 2;
            static float Local(float v) { var twice = v + v; return twice * twice; }
            """);
        Assert.Equal(lanes, graph.Nodes.Single().Operator.Members.Single().Expression);
    }

    [Theory]
    [InlineData("x", "1", "dy")]
    [InlineData("-x", "-1", "-dy")]
    [InlineData("2 * x", "2", "dy * T.Create(2f)")]
    [InlineData("x * x", "x + x", "dy * (x + x)")]
    [InlineData("x * x", "x > 0 ? 1 : 0", "dy * T.Select(T.Greater(x, T.Create(0f)), T.Create(1f), T.Create(0f))")]
    public void A_derivative_is_multiplied_by_the_gradient(string function, string derivative, string lanes)
    {
        var graph = Project.Forward("return F(x);", members: $$"""
            [Elementwise(nameof(Of))]
            static Tensor F(Tensor x) => throw new NotExecutableException();
            [Derivative(nameof(Slope))]
            static float Of(float x) => {{function}};
            static float Slope(float x) => {{derivative}};
            """);
        Assert.Equal(lanes, graph.Nodes.Single().Operator.Member("x")!.Expression);
    }

    [Theory]
    [InlineData("x % 2")]
    [InlineData("(float)Math.Exp(x)")]
    [InlineData("(float)(1.0 * x)")]
    [InlineData("Recursive(x)")]
    [InlineData("Statements(x)")]
    [InlineData("Twice(Twice(Twice(Twice(Twice(Twice(Twice(Twice(Twice(Twice(Twice(Twice(x))))))))))))")]
    [InlineData("Field * x")]
    [InlineData("new[] { x }[0]")]
    [InlineData("x switch { > 0 => 1, _ => 0 }")]
    [InlineData("MathF.Sin(x)")]
    [InlineData("x.GetHashCode()")]
    [InlineData("Misnamed(x)")]
    public void What_lanes_do_not_have_is_refused(string function)
    {
        var compilation = Project.Compile(("Net.cs", Project.Network("return F(x);", members: $$"""
            static float Field = 3;
            [Elementwise(nameof(Of))]
            static Tensor F(Tensor x) => throw new NotExecutableException();
            static float Of(float x) => {{function}};
            static float Recursive(float x) => Recursive(x);
            static float Twice(float x) => x + x;
            [LanesFunction("Sinus")]
            static float Misnamed(float x) => x;
            static float Statements(float x) { if (x > 0) { return 1; } return 0; }
            """)));
        Assert.Empty(compilation.GetDiagnostics().Where(static d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error));
        var method = compilation.GetTypeByMetadataName("Net")!.GetMembers("F").OfType<Microsoft.CodeAnalysis.IMethodSymbol>().Single();
        var problem = Assert.Single(NetDsl.Generators.Frontend.OperatorReader.Read(method, NetDsl.Generators.Frontend.Bodies.Of(compilation)).Problems);
        Assert.Equal("NDSL404", problem.Id);
        Assert.Equal("Net.cs", problem.Location.Path);
    }
}
