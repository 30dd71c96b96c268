using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using NetDsl.Generators.Tests.Frontend;
using NetDsl.Generators.Tests.Operators;

namespace NetDsl.Generators.Tests.Documentation;

/// <summary>What the documents show is what there is: code, errors and emitted text are compared with the real ones.</summary>
public class DocumentationTests
{
    [Fact]
    public void The_README_shows_LeNet_as_it_is() => Assert.Contains(Text("networks/Classification/LeNet.cs").Trim(), Text("README.md"), StringComparison.Ordinal);

    [Fact]
    public void The_README_shows_the_error_that_a_wrong_kernel_gives()
    {
        var wrong = Text("networks/Classification/LeNet.cs").Replace("Conv(50, kernel: 5)", "Conv(50, kernel: 13)", StringComparison.Ordinal);
        var error = Assert.Single(Project.Evaluate(("LeNet.cs", wrong)).Diagnostics);
        var diagnostic = error.ToDiagnostic(error.Location.ToLocation());
        var at = diagnostic.Location.GetLineSpan().StartLinePosition;
        var line = $"LeNet.cs({at.Line + 1},{at.Character + 1}): error {diagnostic.Id}: {diagnostic.GetMessage(null)}";
        Assert.Contains(line, Text("README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_README_shows_kernels_as_they_are_emitted()
    {
        var emitted = new[] { "kernels", "shared" }.SelectMany(static file => Lines(Text($"tests/NetDsl.Generators.Tests/Emit/__snapshots__/EmittedTextTests.Network_LeNet.{file}.snap"))).ToHashSet();
        var section = Text("README.md").Split("## What the compiler writes")[1].Split("## An operator of your own")[0];
        var shown = Blocks(section).SelectMany(Lines).ToList();
        Assert.True(shown.Count > 10);
        Assert.All(shown, line => Assert.Contains(line, emitted));
    }

    [Fact]
    public void The_operators_of_the_documentation_work()
    {
        var blocks = Blocks(Text("docs/operators.md")).ToList();
        var (elementwise, structured) = (blocks[0], blocks[1]);
        var kernel = structured[structured.IndexOf("public static class", StringComparison.Ordinal)..];
        var compiled = CompiledNetwork.Of($$"""
            using System.Runtime.CompilerServices;
            using NetDsl.Kernels;

            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 1, 2, 3)] Tensor x) => x | Flip | Swish;

                {{elementwise}}

                {{structured.Replace(kernel, "", StringComparison.Ordinal)}}
            }

            {{kernel}}
            """, reference: false);
        using var device = NetDsl.Runtime.Device.Cpu(1);
        using var network = compiled.On(device, batch: 1);
        network.SetInput(0, [1, 2, 3, -1, 0, 4]);
        network.Initialize(1);
        float[] flipped = [3, 2, 1, 4, 0, -1];
        Assert.Equal(flipped.Select(static x => x / (1 + MathF.Exp(-x))), network.RunPrediction().ToArray(), static (a, b) => MathF.Abs(a - b) < 1e-5f);
    }

    [Theory]
    [InlineData(3, "RunningSum", "3, 2", new float[] { 3, 1, -1, 0, 5, 2 }, new float[] { 3, 1, 2, 1, 7, 3 }, new float[] { 12, 5, 9, 4, 7, 3 })]
    [InlineData(4, "Sort", "6", new float[] { 3, 1, -1, 0, 5, 2 }, new float[] { -1, 0, 1, 2, 3, 5 }, new float[] { 3, 1, -1, 0, 5, 2 })]
    public void The_operators_that_step_and_the_routines_of_the_documentation_work(int block, string name, string shape, float[] x, float[] y, float[] dx)
    {
        var shown = Blocks(Text("docs/operators.md")).ToList()[block];
        var kernel = shown[shown.IndexOf("public static class", StringComparison.Ordinal)..];
        var compiled = CompiledNetwork.Of($$"""
            using System.Runtime.CompilerServices;
            using NetDsl.Kernels;

            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, {{shape}})] Tensor x) => {{name}}(x + Zero(x));

                // Its bias has the gradient that the operator gives its input.
                static Tensor Zero(Tensor x) => x | Fill(Dense(6, name: "zero"), Filler.Constant(0)) | Reshape({{shape}});

                static Tensor Loss(Tensor y) => 0.5f * BatchSum(SampleSum(y * y));

                {{shown.Replace(kernel, "", StringComparison.Ordinal)}}
            }

            {{kernel}}
            """, reference: false);
        using var device = NetDsl.Runtime.Device.Cpu(1);
        using var network = compiled.On(device, batch: 1);
        network.SetInput(0, x);
        network.Initialize(1);
        Assert.Equal(y, network.RunPrediction().ToArray());
        network.StepGradients();
        Assert.Equal(dx, network.Parameters["zero.bias"].Gradient.ToArray());
    }

    [Fact]
    public void The_map_of_channels_of_the_documentation_is_folded_into_the_layer_before()
    {
        var shown = Blocks(Text("docs/operators.md")).Single(static b => b.Contains("[ChannelSlope]", StringComparison.Ordinal));
        var kernel = shown[shown.IndexOf("public static class", StringComparison.Ordinal)..];
        var compiled = CompiledNetwork.Of($$"""
            using System.Runtime.CompilerServices;
            using NetDsl.Kernels;

            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 2)] Tensor x) => x | Fill(Dense(2, name: "dense"), Filler.Identity(1)) | Standard(0.25f);

                {{shown.Replace(kernel, "", StringComparison.Ordinal)}}
            }

            {{kernel}}
            """, reference: false);
        using var device = NetDsl.Runtime.Device.Cpu(1);
        using var network = compiled.On(device, batch: 1);
        network.Initialize(1);
        network.SetInput(0, [3, 5]);
        network.Parameters["standard1.mean"].Data[1] = 1;
        network.Parameters["standard1.variance"].Data[1] = 3.75f;
        Assert.Equal([3 / MathF.Sqrt(1.25f), 2], network.RunPrediction().ToArray(), static (a, b) => MathF.Abs(a - b) < 1e-5f);
        Assert.DoesNotContain(network.Definition.Predict.Kernels, static k => k.Description.Contains("channelmap", StringComparison.Ordinal));
    }

    [Fact]
    public void The_network_for_images_of_any_size_refuses_what_the_documentation_says()
    {
        var blocks = Blocks(Text("docs/sizes.md")).ToList();
        var compiled = Emit.EmittedNetwork.Of(blocks.Single(static b => b.Contains("class Outlines", StringComparison.Ordinal)));
        using var device = NetDsl.Runtime.Device.Cpu(1);
        using var instance = compiled.Create(device, batch: 1, height: 30, width: 40);
        Assert.Equal([2, 30, 40], instance.Definition.Predict.Buffer("output").Shape);
        var error = Assert.Throws<ArgumentException>(() => compiled.Create(device, batch: 1, height: 601, width: 800));
        Assert.Contains(error.Message, Text("docs/sizes.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_positions_of_the_documentation_say_where_results_lie()
    {
        var shown = Blocks(Text("docs/operators.md")).Single(static b => b.Contains("[Position(", StringComparison.Ordinal));
        var graph = Project.Graph($$"""
            using NetDsl.Kernels;

            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3, 8, 8)] Tensor x) => x | Pad(4) | Every(2) | ConvTranspose(3, kernel: 1, stride: 2) | Crop(x);

                {{shown}}
            }

            public static class EveryKernel
            {
                public static T Forward<T, V>(V x, int c, int ho, int wo, int H, int W, int step)
                    where T : struct, ILanes<T>
                    where V : struct, IView<T> => x[(c * H + ho * step) * W + wo * step];
            }
            """);
        Assert.Equal([4, 4], graph.Nodes.Skip(graph.Nodes.Count - 2).Select(static n => n.Integer("start")));
    }

    static string Text(string path) => Project.File(path).Source.ReplaceLineEndings("\n");

    static IEnumerable<string> Blocks(string markdown) => Regex.Matches(markdown, "```csharp\n(.*?)```", RegexOptions.Singleline).Select(static m => m.Groups[1].Value);

    static List<string> Lines(string text) => [.. text.Split('\n').Select(static line => line.Trim()).Where(static line => line.Length > 0)];
}
