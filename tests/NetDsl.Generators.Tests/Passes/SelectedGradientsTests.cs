using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Tests.Passes;

public class SelectedGradientsTests
{
    const string Before = """
        network Net {
          %0 : [N, 4, 6, 6] = input x
          %1 : [4, 4, 1, 1] = parameter conv1.weight {Xavier}
          %2 : [N, 4, 6, 6] = Conv(%0, %1, _)   ; conv1
          %3 : [N, 4, 6, 6] = ReLU(%2)   ; relu1
          %4 : [N, 4, 3, 3] = Selection(%3)   ; pool1
          %5 : [N] = SampleSum(%4)   ; sum1
          %6 : [] = batchmean(%5)   ; mean1
          %7 : [] = seed() {value=1f}   ; loss
          %8 : [N] = batchmean.x'(%7)   ; mean1
          %9 : [N, 4, 3, 3] = SampleSum.x'(%8)   ; sum1
          %10 : [N, 4, 6, 6] = Selection.x'(%9, %3, %4)   ; pool1
          %11 : [N, 4, 6, 6] = ReLU.x'(%10, %3)   ; relu1
          %12 : [4, 4, 1, 1] = Conv.weight'(%0, %11)   ; conv1
          return loss=%6 (loss), conv1.weight=%12 (gradient)
        }
        """;

    [Fact]
    public void What_depends_on_the_value_alone_is_computed_on_what_was_selected() => PassAssert.Rewrites(SelectedGradients.Run, Before, SelectedAlready);

    [Fact]
    public void Of_two_selections_it_is_computed_on_what_both_selected()
    {
        var second = Before.Replace("%5 : [N] = SampleSum(%4)", "%14 : [N, 4, 1, 1] = Selection(%4)   ; pool2\n  %5 : [N] = SampleSum(%14)", StringComparison.Ordinal)
            .Replace("%9 : [N, 4, 3, 3] = SampleSum.x'(%8)   ; sum1", "%15 : [N, 4, 1, 1] = SampleSum.x'(%8)   ; sum1\n  %9 : [N, 4, 3, 3] = Selection.x'(%15, %4, %14)   ; pool2", StringComparison.Ordinal);
        PassAssert.Rewrites(SelectedGradients.Run, second, second
            .Replace("Selection.x'(%15, %4, %14)   ; pool2\n", "Selection.x'(%17, %4, %14)   ; pool2\n", StringComparison.Ordinal)
            .Replace("%9 : [N, 4, 3, 3] = Selection", "%17 : [N, 4, 1, 1] = ReLU.x'(%15, %14)   ; relu1\n  %16 : [N, 4, 3, 3] = Selection", StringComparison.Ordinal)
            .Replace("%10 : [N, 4, 6, 6] = Selection.x'(%9, %3, %4)   ; pool1", "%11 : [N, 4, 6, 6] = Selection.x'(%16, %3, %4)   ; pool1", StringComparison.Ordinal)
            .Replace("\n  %11 : [N, 4, 6, 6] = ReLU.x'(%10, %3)   ; relu1", "", StringComparison.Ordinal));
    }

    /// <summary>What reads its operand has another value where something was selected, and a second reader adds a gradient of its own.</summary>
    [Theory]
    [InlineData("ReLU(%2)   ; relu1", "Square(%2)   ; square1", "ReLU.x'(%10, %3)   ; relu1", "Square.x'(%10, %2)   ; square1")]
    [InlineData("%12 : [4, 4, 1, 1] = Conv.weight'(%0, %11)", "%12 : [4, 4, 1, 1] = Conv.weight'(%10, %11)", "", "")]
    public void Other_gradients_stay_where_they_are(string old, string @new, string second, string secondNew)
    {
        var graph = Before.Replace(old, @new, StringComparison.Ordinal);
        graph = second.Length > 0 ? graph.Replace(second, secondNew, StringComparison.Ordinal) : graph;
        PassAssert.Rewrites(SelectedGradients.Run, graph, graph);
    }

    [Fact]
    public void The_forward_pass_records_what_the_gradient_needs() => PassAssert.Rewrites(
        Records.Run,
        SelectedAlready,
        SelectedAlready
            .Replace("; pool1\n  %5", "; pool1\n  %14 : [N, 4, 3, 3] = place(%3)   ; pool1\n  %5", StringComparison.Ordinal)
            .Replace("Selection.x'(%13, %3, %4)", "Selection.x'(%13, %14)", StringComparison.Ordinal));

    /// <summary>The values before the selection are kept anyway: for the gradient of a ReLU, or as a result.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("return loss", "return output=%3, loss")]
    public void Nothing_is_recorded_where_the_operand_is_kept_anyway(string old, string @new)
    {
        var graph = old.Length == 0 ? Before : SelectedAlready.Replace(old, @new, StringComparison.Ordinal);
        PassAssert.Rewrites(Records.Run, graph, graph);
    }

    static string SelectedAlready => Before
        .Replace("%10 : [N, 4, 6, 6] = Selection.x'(%9, %3, %4)   ; pool1", "%13 : [N, 4, 3, 3] = ReLU.x'(%9, %4)   ; relu1", StringComparison.Ordinal)
        .Replace("%11 : [N, 4, 6, 6] = ReLU.x'(%10, %3)   ; relu1", "%11 : [N, 4, 6, 6] = Selection.x'(%13, %3, %4)   ; pool1", StringComparison.Ordinal);
}
