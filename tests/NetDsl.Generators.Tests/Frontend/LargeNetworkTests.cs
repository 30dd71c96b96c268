using System.Diagnostics;
using NetDsl.Generators.Ir;
using Xunit.Abstractions;

namespace NetDsl.Generators.Tests.Frontend;

public class LargeNetworkTests(ITestOutputHelper output)
{
    /// <summary>GoogLeNet as published: nine Inception modules and two auxiliary heads.</summary>
    const string GoogLeNet = """
        using static NetDsl.Networks.Blocks.InceptionModule;
        [Network]
        public partial class GoogLeNet
        {
            static Layer ConvReLU(int filters, int kernel, int stride = 1, int padding = 0) => Conv(filters, kernel, stride, padding) >> ReLU;

            static Tensor Head(Tensor x) => x | AvgPool(5, stride: 3) | ConvReLU(128, 1) | Dense(1024) | ReLU | Dropout(0.7f) | Dense(1000);

            static (Tensor scores, Tensor aux1, Tensor aux2) Forward([Shape(Batch, 3, 224, 224)] Tensor image)
            {
                var stem = image
                    | ConvReLU(64, 7, stride: 2, padding: 3) | MaxPool(3, stride: 2)
                    | ConvReLU(64, 1) | ConvReLU(192, 3, padding: 1) | MaxPool(3, stride: 2);
                (int, int, int, int, int, int)[] sizes = [(192, 96, 208, 16, 48, 64), (160, 112, 224, 24, 64, 64), (128, 128, 256, 24, 64, 64), (112, 144, 288, 32, 64, 64), (256, 160, 320, 32, 128, 128)];
                var x = stem | Inception(64, 96, 128, 16, 32, 32) | Inception(128, 128, 192, 32, 96, 64) | MaxPool(3, stride: 2);
                var taps = new List<Tensor>();
                foreach (var (c1, r3, c3, r5, c5, proj) in sizes)
                {
                    x |= Inception(c1, r3, c3, r5, c5, proj);
                    taps.Add(x);
                }

                x = x | MaxPool(3, stride: 2) | Inception(256, 160, 320, 32, 128, 128) | Inception(384, 192, 384, 48, 128, 128);
                return (x | GlobalAvgPool | Dropout(0.4f) | Dense(1000, name: "classifier"), Head(taps[0]), Head(taps[3]));
            }

            static Tensor Loss(Tensor scores, Tensor aux1, Tensor aux2, [Shape(Batch)] Labels label) =>
                SoftmaxCrossEntropy(scores, label) + 0.3f * (SoftmaxCrossEntropy(aux1, label) + SoftmaxCrossEntropy(aux2, label));
        }
        """;

    [Fact]
    public void GoogLeNet_is_evaluated_while_the_user_types()
    {
        var compilation = Project.Compile(("GoogLeNet.cs", GoogLeNet), Project.File("networks/Blocks/Inception.cs"));
        var watch = Stopwatch.StartNew();
        var result = Project.Evaluate(compilation);
        Assert.Empty(result.Diagnostics);
        var graph = result.Graph!;
        output.WriteLine($"first evaluation {watch.Elapsed.TotalMilliseconds:F0} ms, {graph.Nodes.Count} nodes");
        for (var i = 0; i < 5; i++)
        {
            // An edit makes a new compilation of new symbols; the references are shared.
            var edited = compilation.AddSyntaxTrees(Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText($"class Edit{i};", Project.Options));
            watch.Restart();
            Assert.Equal(graph, Project.Evaluate(edited).Graph);
            output.WriteLine($"after an edit {watch.Elapsed.TotalMilliseconds:F0} ms");
        }

        // Counted from the published prototxt: 13,378,280 weights, the two heads among them.
        Assert.Equal(13_378_280, graph.Parameters.Sum(static p => p.Type.Count.Value));
        Assert.Equal([1000, 1000, 1000], graph.Results.Where(static r => r.Kind == ResultKind.Output).Select(r => graph.Nodes.Single(n => n.Result == r.Value).Type.Sizes[0]));
    }
}
