using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Tests.Frontend;

/// <summary>Layers as values: how they are written, combined, shared and named.</summary>
public class LayerEvaluationTests
{
    const string Members = """
        static Layer Block(int filters) => x => x | Conv(filters, kernel: 3, padding: 1) | ReLU;
        static Layer Residual(int filters)
        {
            var body = Conv(filters, kernel: 3, padding: 1) >> ReLU >> Conv(filters, kernel: 3, padding: 1);
            return x => x + body(x) | ReLU;
        }
        static Tensor Head(Tensor x) => x | Dense(4) | ReLU;
        static readonly Layer Stem = Conv(3, kernel: 1);
        [Frozen] static readonly Layer Fixed = Conv(3, kernel: 1);
        static Layer Fresh => Conv(3, kernel: 1);
        record Cell(Layer Input, Layer Hidden) { public Tensor Step(Tensor x, Tensor h) => Tanh(Input(x) + Hidden(h)); }
        """;

    [Theory]
    [InlineData("x | ReLU", "relu1 = ReLU(x)")]
    [InlineData("x | Conv(3, 1)", "conv1 = Conv(x, conv1.weight, conv1.bias)")]
    [InlineData("x | Conv(3, 1, bias: false)", "conv1 = Conv(x, conv1.weight, _)")]
    [InlineData("x | Conv(3, kernel: (1, 1), stride: (1, 1))", "conv1 = Conv(x, conv1.weight, conv1.bias)")]
    [InlineData("x | Conv(3, 1, name: \"a\") | Conv(3, 1)", "a = Conv(x, a.weight, a.bias); conv1 = Conv(a, conv1.weight, conv1.bias)")]
    [InlineData("x | (t => t + t)", "add1 = Add(x, x)")]
    [InlineData("x | Head", "dense1 = Dense(x, dense1.weight, dense1.bias); relu1 = ReLU(dense1)")]
    [InlineData("Head(x)", "dense1 = Dense(x, dense1.weight, dense1.bias); relu1 = ReLU(dense1)")]
    [InlineData("Conv(3, 1)(x)", "conv1 = Conv(x, conv1.weight, conv1.bias)")]
    [InlineData("x | Conv(3, 1) >> ReLU", "conv1 = Conv(x, conv1.weight, conv1.bias); relu1 = ReLU(conv1)")]
    [InlineData("x | Stem | Stem", "Stem = Conv(x, Stem.weight, Stem.bias); Stem'2 = Conv(Stem, Stem.weight, Stem.bias)")]
    [InlineData("x | Fresh | Fresh", "conv1 = Conv(x, conv1.weight, conv1.bias); conv2 = Conv(conv1, conv2.weight, conv2.bias)")]
    [InlineData("x * 2 + 1 - x / 4", "affine1 = Affine(x); affine2 = Affine(affine1); affine3 = Affine(x); subtract1 = Subtract(affine2, affine3)")]
    [InlineData("-x + x | ReLU", "affine1 = Affine(x); add1 = Add(affine1, x); relu1 = ReLU(add1)")]
    [InlineData("1 - x", "affine1 = Affine(x)")]
    [InlineData("Concat(x, x | ReLU)", "relu1 = ReLU(x); concat1 = Concat(x, relu1)")]
    [InlineData("Concat([x, .. Split(x, 3)])", "slice1 = Slice(x); slice2 = Slice(x); slice3 = Slice(x); concat1 = Concat(x, slice1, slice2, slice3)")]
    [InlineData("x | Map(Square)", "map1 = Map(x)", "[Derivative(nameof(SquareDerivative))] static float Square(float v) => v * v; static float SquareDerivative(float v) => 2 * v;")]
    [InlineData("true ? x | ReLU : x | Tanh", "relu1 = ReLU(x)")]
    public void Expressions(string expression, string equations, string members = "") => Check($"return {expression};", equations, members);

    [Fact]
    public void A_layer_value_used_twice_shares_its_weights() => Check(
        "var a = Conv(3, 1); return x | a | a;",
        "a = Conv(x, a.weight, a.bias); a'2 = Conv(a, a.weight, a.bias)");

    [Fact]
    public void A_layer_value_shares_its_weights_through_lambdas() => Check(
        "var block = Block(3); return x | block | block;",
        "block.conv1 = Conv(x, block.conv1.weight, block.conv1.bias); block.relu1 = ReLU(block.conv1); " +
        "block.conv1'2 = Conv(block.relu1, block.conv1.weight, block.conv1.bias); block.relu1'2 = ReLU(block.conv1'2)");

    [Fact]
    public void A_function_called_again_has_weights_of_its_own() => Check(
        "return x | Block(3) | Block(3);",
        "conv1 = Conv(x, conv1.weight, conv1.bias); relu1 = ReLU(conv1); conv2 = Conv(relu1, conv2.weight, conv2.bias); relu2 = ReLU(conv2)");

    [Fact]
    public void Residual_blocks_hold_their_body() => Check(
        "var stage = Residual(3); return x | stage;",
        "stage.conv1 = Conv(x, stage.conv1.weight, stage.conv1.bias); stage.relu1 = ReLU(stage.conv1); stage.conv2 = Conv(stage.relu1, stage.conv2.weight, stage.conv2.bias); " +
        "stage.add1 = Add(x, stage.conv2); stage.relu2 = ReLU(stage.add1)");

    [Fact]
    public void Nested_lambdas_share_too() => Check(
        "Layer outer = t => t | (u => u | Conv(3, 1)); return x | outer | outer;",
        "outer.conv1 = Conv(x, outer.conv1.weight, outer.conv1.bias); outer.conv1'2 = Conv(outer.conv1, outer.conv1.weight, outer.conv1.bias)");

    [Fact]
    public void A_layer_that_makes_layers_in_a_loop_shares_each() => Check(
        "Layer deep = t => { for (var i = 0; i < 2; i++) t |= Conv(3, 1); return t; }; return x | deep | deep;",
        "deep.conv1 = Conv(x, deep.conv1.weight, deep.conv1.bias); deep.conv2 = Conv(deep.conv1, deep.conv2.weight, deep.conv2.bias); " +
        "deep.conv1'2 = Conv(deep.conv2, deep.conv1.weight, deep.conv1.bias); deep.conv2'2 = Conv(deep.conv1'2, deep.conv2.weight, deep.conv2.bias)");

    [Fact]
    public void A_function_that_makes_layers_makes_new_ones() => Check(
        "Func<int, Layer> make = n => Conv(n, 1); return x | make(3) | make(3);",
        "conv1 = Conv(x, conv1.weight, conv1.bias); conv2 = Conv(conv1, conv2.weight, conv2.bias)");

    [Fact]
    public void A_loop_makes_a_layer_a_turn() => Check(
        "for (var i = 0; i < 2; i++) { var stage = Conv(3, 1); x |= stage; } return x;",
        "stage = Conv(x, stage.weight, stage.bias); stage2 = Conv(stage, stage2.weight, stage2.bias)");

    [Fact]
    public void Layers_lie_in_arrays_and_folds() => Check(
        "Layer[] stages = [Conv(3, 1), .. Enumerable.Range(1, 2).Select(n => Conv(n, 1))]; return stages.Aggregate(x, (t, stage) => t | stage);",
        "conv1 = Conv(x, conv1.weight, conv1.bias); conv2 = Conv(conv1, conv2.weight, conv2.bias); conv3 = Conv(conv2, conv3.weight, conv3.bias)");

    [Fact]
    public void Records_name_the_layers_they_hold() => Check(
        "var cell = new Cell(Dense(4), Dense(4, bias: false)); var h = x | Dense(4); h = cell.Step(h, h); return cell.Step(h, h);",
        "dense1 = Dense(x, dense1.weight, dense1.bias); input = Dense(dense1, input.weight, input.bias); hidden = Dense(dense1, hidden.weight, _); " +
        "h.add1 = Add(input, hidden); h.tanh1 = Tanh(h.add1); input'2 = Dense(h.tanh1, input.weight, input.bias); hidden'2 = Dense(h.tanh1, hidden.weight, _); " +
        "add1 = Add(input'2, hidden'2); tanh1 = Tanh(add1)");

    [Fact]
    public void Several_locals_hold_several_layers() => Check(
        "var (a, b) = (Dense(2), Dense(2)); return a(x) + b(x);",
        "a = Dense(x, a.weight, a.bias); b = Dense(x, b.weight, b.bias); add1 = Add(a, b)");

    [Fact]
    public void A_helper_call_that_a_local_holds_gives_a_path() => Check(
        "var aux = Head(x); return aux;",
        "aux.dense1 = Dense(x, aux.dense1.weight, aux.dense1.bias); aux.relu1 = ReLU(aux.dense1)");

    [Fact]
    public void Frozen_layers_are_not_trained()
    {
        var graph = Project.Forward("var free = Conv(3, 1); var cold = Conv(3, 1); return x | Fixed | free | Freeze(cold) | Freeze(Block(3)) | cold;", members: Members);
        Assert.Equal(["Fixed.weight", "Fixed.bias", "cold.weight", "cold.bias", "conv1.weight", "conv1.bias"], graph.Parameters.Where(static p => p.Frozen).Select(static p => p.Path));
    }

    [Fact]
    public void Learning_rates_are_multiplied()
    {
        var graph = Project.Forward("return x | LearningRate(Conv(3, 1), weight: 2, bias: 4) | LearningRate(LearningRate(Conv(3, 1), biasDecay: 0), weight: 3, weightDecay: 5);");
        Assert.Equal(
            ["conv1.weight 2 1", "conv1.bias 4 1", "conv2.weight 3 5", "conv2.bias 1 0"],
            graph.Parameters.Select(static p => $"{p.Path} {p.LearningRate} {p.WeightDecay}"));
    }

    [Theory]
    [InlineData("Fill(Dense(4), Filler.Gaussian(0.5f), Filler.Constant(2))", "Gaussian 0.5", "Constant 2")]
    [InlineData("Fill(Dense(4), bias: Filler.Uniform(1))", "Xavier 0", "Uniform 1")]
    [InlineData("Fill(Dense(4), Filler.Msra)", "Msra 0", "Zeros 0")]
    [InlineData("Fill(Dense(4) >> ReLU, Filler.SparseGaussian(15))", "SparseGaussian 15", "Zeros 0")]
    [InlineData("Fill(LearningRate(Dense(4), bias: 2), Filler.PositiveUnitBall)", "PositiveUnitBall 0", "Zeros 0")]
    [InlineData("Fill(t => t | Fill(Dense(4), bias: Filler.Xavier), Filler.Msra, Filler.Constant(1))", "Msra 0", "Xavier 0")]
    public void Layers_start_as_they_are_told(string layer, string weight, string bias) =>
        Assert.Equal([weight, bias], Starts(Project.Forward($"return x | {layer};")));

    [Fact]
    public void A_block_leaves_a_fixed_start_alone_and_a_layer_does_not()
    {
        const string Gain = """
            [Operator("[N, *S] -> [N, *S]", Kernel = typeof(GainKernel), Fusion = Fusion.Injective)]
            [Weight("weight", "[*S]", Initializer.Ones)]
            static Layer Gain() => throw new NotExecutableException();
            public static class GainKernel
            {
                public static T Forward<T, TView, TWeight>(TView x, TWeight weight, int i)
                    where T : struct, NetDsl.Kernels.ILanes<T> where TView : struct, NetDsl.Kernels.IView<T> where TWeight : struct, NetDsl.Kernels.IView<T> => weight[i] * x[i];
            }
            """;
        Assert.Equal(["Ones 0"], Starts(Project.Forward("return x | Fill(Gain() >> ReLU, Filler.Gaussian(1));", members: Gain)));
        Assert.Equal(["Constant 0.01"], Starts(Project.Forward("return x | Fill(Gain(), Filler.Constant(0.01f));", members: Gain)));
    }

    static IEnumerable<string> Starts(Graph graph) =>
        graph.Parameters.Select(static p => $"{p.Initializer} {p.InitializerValue.ToString(System.Globalization.CultureInfo.InvariantCulture)}");

    [Fact]
    public void Every_filler_is_an_initializer_of_its_name() => Assert.All(
        typeof(Filler).GetMembers(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.DeclaredOnly)
            .Where(static m => m is not System.Reflection.MethodInfo { IsSpecialName: true }),
        static m => Assert.True(Enum.IsDefined(typeof(Initializer), m.Name), m.Name));

    [Fact]
    public void An_auxiliary_output_is_none_of_the_prediction()
    {
        var graph = Project.Graph("""
            [Network]
            public partial class Net
            {
                static (Tensor scores, Tensor head) Forward([Shape(Batch, 3)] Tensor x) => (x | Dense(2), x | Dense(2, name: "head"));
                static Tensor Loss(Tensor scores, [Auxiliary] Tensor head, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label) + SoftmaxCrossEntropy(head, label);
            }
            """);
        Assert.Equal([("scores", ResultKind.Output), ("loss", ResultKind.Loss)], graph.Results.Select(static r => (r.Name, r.Kind)));
        Assert.Equal(16, graph.Parameters.Sum(static p => p.Type.Count.Value));
    }

    [Fact]
    public void Random_operators_draw_apart()
    {
        var graph = Project.Forward("return Concat(x | Dropout(0.5f), x | Dropout(0.5f));");
        Assert.Equal([1, 2, 0], graph.Nodes.Select(static n => n.Key));
        Assert.True(graph.Nodes[0].Operator.TrainingOnly);
    }

    [Fact]
    public void Ten_thousand_stages_are_evaluated_on_a_small_stack()
    {
        var source = Project.Network("return x" + string.Concat(Enumerable.Repeat(" | ReLU", 10_000)) + ";");
        var compilation = Project.Compile(("Net.cs", source));
        Assert.Empty(compilation.GetDiagnostics().Where(static d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error));
        var nodes = Project.OnStack(1 << 20, () => Project.Evaluate(compilation).Graph!.Nodes.Count);
        Assert.Equal(10_000, nodes);
    }

    [Fact]
    public void The_algorithms_are_the_networks()
    {
        Assert.Equal("Fastest", Project.Forward("return x | ReLU;").Algorithms);
        Assert.Equal("Exact", Project.Graph(Project.Network("return x | ReLU;").Replace("[Network]", "[Network(Algorithms = Algorithms.Exact)]", StringComparison.Ordinal)).Algorithms);
    }

    [Fact]
    public void Helpers_may_lie_in_other_files_and_namespaces()
    {
        var graph = Project.Graph(
            ("Net.cs", """
                using Company.Blocks;
                namespace Company.Nets;
                [Network]
                public partial class Net
                {
                    static Tensor Forward([Shape(Batch, 3, 8, 8)] Tensor x) => x | Vision.Block(Size) | Tail;
                }
                """),
            ("Net.Tail.cs", "namespace Company.Nets; public partial class Net { const int Size = 5; static Tensor Tail(Tensor x) => x | Dense(Size); }"),
            ("Vision.cs", "namespace Company.Blocks; public static class Vision { public static Layer Block(int n) => Conv(n, 3) >> ReLU; }"));
        Assert.Equal("Company.Nets", graph.Namespace);
        Assert.Equal(["conv1", "relu1", "dense1"], graph.Nodes.Select(static n => n.Name));
    }

    static void Check(string body, string equations, string members = "")
    {
        var graph = Project.Forward(body, members: Members + members);
        GraphVerifier.Verify(graph);
        var lines = Project.Equations(graph).Split('\n')[..^1];
        Assert.Equal(equations, string.Join("; ", lines.Select(static l => l[..l.IndexOf(" : ", StringComparison.Ordinal)])));
    }
}
