using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetDsl.Generators.Tests.Frontend;

/// <summary>Helpers and operators of another assembly, which a build sees without bodies.</summary>
public class BlockTests
{
    const string Library = """
        using static Company.Sizes;
        namespace Company;
        public static class Sizes { public const int Width = 6; }
        public static class Vision
        {
            [Block]
            public static Layer Residual(int filters, int repeats = 1)
            {
                var body = Conv(filters, kernel: 3, padding: 1) >> ReLU;
                for (var i = 1; i < repeats; i++)
                {
                    body = body >> Inner(filters);
                }

                return x => x + body(x) | SelfGate;
            }

            /// <summary>Calls an overload of its own name.</summary>
            [Block]
            public static Layer Inner(int filters) => Inner(filters, 1);

            [Block]
            public static Layer Inner(int filters, int kernel) => Conv(filters, kernel);

            [Block]
            public static Layer Wide<T>(T unused) where T : struct => x => x | Conv(Width, 1) | Conv(Math.Max(Width, 3), 1);

            [Elementwise(nameof(Curves.Swish), In = typeof(Curves))]
            public static Tensor SelfGate(Tensor x) => throw new NotExecutableException();

            public static Layer Plain(int filters) => Conv(filters, 1);
        }
        public static class Curves
        {
            [Derivative(nameof(SwishDerivative))]
            public static float Swish(float x) => x * Logistic(x);
            public static float SwishDerivative(float x, float y) { var s = Logistic(x); return y + s * (1 - y); }
            public static float Logistic(float x) => 1 / (1 + MathF.Exp(-x));
        }
        """;

    [Fact]
    public void Blocks_of_a_reference_assembly_are_evaluated()
    {
        var graph = Evaluate("""
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 6, 8, 8)] Tensor x)
                {
                    var block = Vision.Residual(6, repeats: 2);
                    return x | block | Vision.Wide(3) | Vision.Inner(2);
                }
            }
            """).Graph!;
        Assert.Equal(
            ["block.conv1", "block.relu1", "block.conv2", "block.add1", "block.selfgate1", "conv1", "conv2", "conv3"],
            graph.Nodes.Select(static n => n.Name));
        var swish = graph.Nodes[4].Operator;
        Assert.Equal("x * (T.Create(1f) / (T.Create(1f) + LanesMath.Exp(-x)))", swish.Members[0].Expression);
        Assert.Equal(["dy", "x", "y"], swish.Member("x")!.Reads);
    }

    [Fact]
    public void A_mistake_in_a_block_is_reported_at_its_call()
    {
        var diagnostic = Assert.Single(Evaluate("""
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 5, 8, 8)] Tensor x) => x
                    | ReLU
                    | Vision.Residual(6);
            }
            """).Diagnostics);
        Assert.Equal("NDSL202", diagnostic.Id);
        Assert.Equal("Net.cs(6,11)", diagnostic.Location.ToString());
        Assert.Equal("Vision.Residual(6) takes equal shapes but gets [N, 5, 8, 8] and [N, 6, 8, 8]: channels 5 ≠ 6", diagnostic.Message);
    }

    [Fact]
    public void A_helper_that_is_no_block_is_not()
    {
        var diagnostic = Assert.Single(Evaluate("""
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 5, 8, 8)] Tensor x) => x | Vision.Plain(6);
            }
            """).Diagnostics);
        Assert.Equal("NDSL305", diagnostic.Id);
        Assert.Equal("'Plain' of Library cannot be evaluated: its source is not available; mark it [Block] where it is declared", diagnostic.Message);
    }

    [Fact]
    public void A_referenced_project_needs_no_attributes()
    {
        var library = Project.Compile(("Vision.cs", Library)).WithAssemblyName("Library");
        var user = Project.Compile(("Net.cs", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 5, 8, 8)] Tensor x) => x | Company.Vision.Plain(6) | Company.Vision.SelfGate;
            }
            """)).AddReferences(library.ToMetadataReference());
        Assert.Equal(["conv1", "selfgate1"], Project.Evaluate(user).Graph!.Nodes.Select(static n => n.Name));
    }

    static NetDsl.Generators.Frontend.NetworkResult Evaluate(string source)
    {
        var driver = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: Project.Options);
        driver.RunGeneratorsAndUpdateCompilation(Project.Compile(("Vision.cs", Library)).WithAssemblyName("Library"), out var library, out var problems);
        Assert.Empty(problems);
        using var image = new MemoryStream();
        Assert.Empty(library.Emit(image, options: new(metadataOnly: true)).Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error));
        return Project.Evaluate(Project.Compile(("Net.cs", "using Company; " + source)).AddReferences(MetadataReference.CreateFromImage(image.ToArray())));
    }
}
