namespace NetDsl.CodeFixes.Tests;

/// <summary>A mend that is certain is offered, and mends; one that is not is not offered.</summary>
public class CodeFixTests
{
    [Fact]
    public Task A_network_becomes_partial() => Fixing.Turns<MissingModifierFix>(
        """
        [Network]
        public class {|NDSL101:Net|}
        {
            static Tensor Forward([Shape(Batch, 3)] Tensor x) => x;
        }
        """,
        """
        [Network]
        public partial class Net
        {
            static Tensor Forward([Shape(Batch, 3)] Tensor x) => x;
        }
        """);

    [Fact]
    public Task A_network_without_modifiers_becomes_partial() => Fixing.Turns<MissingModifierFix>(
        """
        [Network]
        // Mine.
        class {|NDSL101:Net|}
        {
            static Tensor Forward([Shape(Batch, 3)] Tensor x) => x;
        }
        """,
        """
        [Network]
        // Mine.
        partial class Net
        {
            static Tensor Forward([Shape(Batch, 3)] Tensor x) => x;
        }
        """);

    [Fact]
    public Task Forward_becomes_static() => Fixing.Turns<MissingModifierFix>(
        """
        [Network]
        public partial class Net
        {
            /// <summary>Mine.</summary>
            Tensor {|NDSL102:Forward|}([Shape(Batch, 3)] Tensor x) => x;
        }
        """,
        """
        [Network]
        public partial class Net
        {
            /// <summary>Mine.</summary>
            static Tensor Forward([Shape(Batch, 3)] Tensor x) => x;
        }
        """);

    [Fact]
    public Task A_missing_Forward_is_left_to_the_author() => Fixing.Leaves<MissingModifierFix>("""
        [Network]
        public partial class {|NDSL102:Net|};
        """);

    [Fact]
    public Task A_shape_begins_with_Batch() => Fixing.Turns<MissingBatchFix>(
        """
        [Network]
        public partial class Net
        {
            static Tensor Forward([{|NDSL104:Shape(3, 28, 28)|}] Tensor x) => x;
        }
        """,
        """
        [Network]
        public partial class Net
        {
            static Tensor Forward([Shape(Batch, 3, 28, 28)] Tensor x) => x;
        }
        """);

    [Theory]
    [InlineData("Conv(64, kernel: 7)", "Conv(64, kernel: 7, padding: 3)", 0)]
    [InlineData("Conv(64, kernel: 7)", "Conv(64, kernel: 4)", 1)]
    [InlineData("Conv(64, 7, 1, 1)", "Conv(64, 7, 1, 3)", 0)]
    [InlineData("Conv(64, 7, padding: 1)", "Conv(64, 7, padding: 3)", 0)]
    [InlineData("AvgPool(5)", "AvgPool(4)", 0)]
    public Task A_layer_takes_the_argument_that_its_message_suggests(string before, string after, int offer) =>
        Fixing.Turns<SuggestedArgumentFix>(Pipeline($"{{|NDSL201:{before}|}}"), Pipeline(after), offer);

    [Fact]
    public Task What_no_argument_mends_is_left_to_the_author() => Fixing.Leaves<SuggestedArgumentFix>(Pipeline("Dense(10) | {|NDSL201:MaxPool(2)|}"));

    [Theory]
    [InlineData("{|NDSL302:Conv(3, 1) + Conv(3, 1)|}", "(x => Conv(3, 1)(x) + Conv(3, 1)(x))")]
    [InlineData("({|NDSL302:Conv(3, 1) + (Conv(8, 1) >> Conv(3, 1))|})", "(x => Conv(3, 1)(x) + (Conv(8, 1) >> Conv(3, 1))(x))")]
    public Task A_sum_of_layers_adds_what_they_compute(string before, string after) => Fixing.Turns<LayerSumFix>(Pipeline(before), Pipeline(after));

    [Fact]
    public Task An_unused_result_is_assigned() => Fixing.Turns<UnusedResultFix>(
        """
        [Network]
        public partial class Net
        {
            static Tensor Forward([Shape(Batch, 3)] Tensor x)
            {
                // Here.
                {|NDSL307:ReLU(x);|}
                return x;
            }
        }
        """,
        """
        [Network]
        public partial class Net
        {
            static Tensor Forward([Shape(Batch, 3)] Tensor x)
            {
                // Here.
                x = ReLU(x);
                return x;
            }
        }
        """);

    [Fact]
    public Task What_a_block_uses_becomes_public() => Fixing.Turns<PublicBlockFix>(
        """
        public static class Mine
        {
            [Block]
            public static Layer Head(int n) => Dense({|NDSL406:Hidden(n)|});
            static int Hidden(int n) => n + 1;
        }
        """,
        """
        public static class Mine
        {
            [Block]
            public static Layer Head(int n) => Dense(Hidden(n));
            public static int Hidden(int n) => n + 1;
        }
        """);

    static string Pipeline(string stages) => $$"""
        [Network]
        public partial class Net
        {
            static Tensor Forward([Shape(Batch, 50, 4, 4)] Tensor x) =>
                x | ReLU
                  | {{stages}}
                  | Dense(10);
        }
        """;
}
