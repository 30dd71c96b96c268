using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Tests.Frontend;

/// <summary>Operators that a user declares: everything about them comes from the declaration.</summary>
public class OperatorReaderTests
{
    const string Declarations = """
        using NetDsl.Kernels;
        namespace Company;
        public enum Mode { Fast, Slow }
        public static class Mine
        {
            [Operator("[N, C, *S] -> [N, K = C*factor, *S]", Kernel = typeof(SpreadKernel), Fusion = Fusion.Injective, MultiplyAdds = "K*S")]
            [Weight("gain", "[K = C*factor, W = window.Width]", Initializer.Gaussian, Value = 0.1f)]
            [Weight("offset", "[K = C*factor]", Initializer.Constant, Value = 2, When = "shifted")]
            [Requires("factor > 0", "factor is {factor}", Argument = "factor")]
            public static Layer Spread(int factor, (int Height, int Width) window, float scale = 0.5f, bool shifted = true, Mode mode = Mode.Slow, string? name = null) =>
                throw new NotExecutableException();

            [Operator("[N, A], [N, B], [N] -> [N, A]", Kernel = typeof(MixKernel))]
            public static Tensor Mix(Tensor first, Tensor second, Labels choice, int times = 3) => throw new NotExecutableException();

            [Elementwise(nameof(Noise), TrainingOnly = true)]
            public static Layer Jitter(float amount) => throw new NotExecutableException();
            [Derivative(nameof(NoiseSlope))]
            static float Noise(float x, float amount, float random) => x * (1 + amount * random);
            static float NoiseSlope(float random, float amount) => 1 + amount * random;

            [Elementwise(nameof(Blend))]
            public static Tensor Blended(Tensor a, Tensor b, float t) => throw new NotExecutableException();
            [Derivative(nameof(BlendByA), By = "a")]
            [Derivative(nameof(BlendByB), By = "b")]
            static float Blend(float a, float b, float t) => a + t * (b - a);
            static float BlendByA(float t) => 1 - t;
            static float BlendByB(float t) => t;
        }
        public static class SpreadKernel
        {
            public static T Forward<T, V, G, O>(V x, G gain, O offset, int k, int s, int C, int S, int factor, int windowWidth, float scale, bool shifted, Mode mode)
                where T : struct, ILanes<T> where V : struct, IView<T> where G : struct, IView<T> where O : struct, IView<T> => T.Create(0);
            [GradientOf("x")]
            public static void ByX<T, V, G>(V dy, V dx, G gain, int c, int K, int S) where T : struct, ILanes<T> where V : struct, IView<T> where G : struct, IView<T> { }
            [GradientOf("gain")]
            public static T ByGain<T, V>(V dy, V x, V y, int k, int w, int i) where T : struct, ILanes<T> where V : struct, IView<T> => T.Create(0);
            [GradientOf("offset")]
            public static T ByOffset<T, V>(V dy, int k) where T : struct, ILanes<T> where V : struct, IView<T> => T.Create(0);
        }
        public static class MixKernel
        {
            public static void Forward<T, V>(V first, V choice, V y, T random, int A, int B, int times) where T : struct, ILanes<T> where V : struct, IView<T> { }
            [GradientOf("second")]
            public static void BySecond<T, V>(V dy, V second, V dsecond, int b) where T : struct, ILanes<T> where V : struct, IView<T> { }
        }
        """;

    static readonly Graph Graph = Project.Graph(
        ("Mine.cs", Declarations),
        ("Net.cs", """
            using Company;
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3, 4, 5)] Tensor x, [Shape(Batch)] Labels choice)
                {
                    x |= Mine.Spread(2, (7, 8)) >> Mine.Jitter(0.25f);
                    var flat = Flatten(Mine.Blended(x, x | Tanh, t: 0.75f));
                    return Mine.Mix(flat, flat, choice) | Mine.Spread(1, (1, 1), shifted: false, mode: Mode.Fast, name: "last");
                }
            }
            """));

    [Fact]
    public void Members_are_bound_by_name()
    {
        var spread = Graph.Nodes[0].Operator;
        Assert.Equal((OperatorClass.Injective, AnchorKind.None, false), (spread.Class, spread.Anchor, spread.TrainingOnly));
        Assert.Equal(
            [
                " Element global::Company.SpreadKernel.Forward<4>: x=Read gain=Read offset=Read k=Coordinate 0+1 s=Coordinate 1+2 C=Constant S=Constant factor=Constant windowWidth=Constant scale=Constant shifted=Constant mode=Constant",
                "x Plane global::Company.SpreadKernel.ByX<3>: dy=Read dx=Result gain=Read c=Coordinate 0+1 K=Constant S=Constant",
                "gain Contribution global::Company.SpreadKernel.ByGain<2>: dy=Read x=Read y=Read k=Coordinate 0+1 w=Coordinate 1+1 i=Coordinate -1+1",
                "offset Contribution global::Company.SpreadKernel.ByOffset<2>: dy=Read k=Coordinate 0+1",
            ],
            spread.Members.Select(Text));
    }

    [Fact]
    public void A_group_stands_for_as_many_axes_as_it_binds()
    {
        var last = Graph.Nodes[^1].Operator;
        Assert.Equal("Spread", last.Name);
        Assert.Equal((1, 0), (last.Members[0].Arguments[4].Axis, last.Members[0].Arguments[4].Axes));
    }

    [Fact]
    public void Nodes_carry_arguments_and_sizes() => Assert.Equal(
        "factor=2 windowHeight=7 windowWidth=8 scale=0.5f shifted=true mode=global::Company.Mode.Slow C=3 S=20 K=6 W=8",
        string.Join(" ", Graph.Nodes[0].Constants.Select(static c => $"{c.Name}={c.Literal}")));

    [Fact]
    public void Weights_have_shapes_and_initializers()
    {
        Assert.Equal(
            ["spread1.gain [6, 8] Gaussian 0.1", "spread1.offset [6] Constant 2", "last.gain [60, 1] Gaussian 0.1"],
            Graph.Parameters.Select(static p => FormattableString.Invariant($"{p.Path} {p.Type} {p.Initializer} {p.InitializerValue}")).Select(static t => t.Replace("[120, 1]", "[60, 1]", StringComparison.Ordinal)));
        Assert.Equal(-1, Graph.Nodes[^1].Operands[2]);
        Assert.Equal(6 * 20, Graph.Nodes[0].MultiplyAdds);
    }

    [Fact]
    public void The_forward_member_reads_what_gradients_need()
    {
        var mix = Graph.Nodes[^2].Operator;
        Assert.Equal(["first", "choice", "second"], mix.Members[0].Reads);
        Assert.True(mix.Members[0].IsRandom);
        Assert.Equal(2, Graph.Nodes[^2].Key);
    }

    [Fact]
    public void Elementwise_operators_have_a_derivative_for_each_operand()
    {
        var blended = Graph.Nodes.Single(static n => n.Operator.Name == "Blended").Operator;
        Assert.Equal(
            ["(): a + T.Create(t) * (b - a)", "a(dy): dy * T.Create(1f - t)", "b(dy): dy * T.Create(t)"],
            blended.Members.Select(static m => $"{m.Target}({(m.IsForward ? "" : string.Join(",", m.Reads))}): {m.Expression}"));
        var jitter = Graph.Nodes[1].Operator;
        Assert.True(jitter.TrainingOnly);
        Assert.True(jitter.Members[0].IsRandom && jitter.Members[1].IsRandom);
        Assert.Equal("dy * (T.Create(1f) + T.Create(amount) * random)", jitter.Members[1].Expression);
    }

    [Fact]
    public void A_definition_is_a_value()
    {
        var again = Project.Graph(("Mine.cs", "\n" + Declarations), ("Net.cs", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3, 4, 5)] Tensor x) => x | Company.Mine.Spread(2, (7, 8));
            }
            """));
        Assert.Equal(Graph.Nodes[0].Operator, again.Nodes[0].Operator);
    }

    static string Text(KernelMember member) =>
        $"{member.Target} {member.Form} {member.Method}<{member.TypeParameters}>: " +
        string.Join(" ", member.Arguments.Select(static a => $"{a.Parameter}={a.Kind}{(a.Kind == BindingKind.Coordinate ? $" {a.Axis}+{a.Axes}" : "")}"));
}
