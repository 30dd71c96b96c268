using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;
using NetDsl.Generators.Tests.Ir;

namespace NetDsl.Generators.Tests.Passes;

public class GradientTests
{
    [Fact]
    public void Members_read_what_they_name_and_gradients_by_weights_come_first() => PassAssert.Rewrites(
        Gradient.Run,
        """
        network Chain {
          %0 : [N, 4] = input x
          %1 : [N, 4] = input target
          %2 : [4, 4] = parameter dense1.weight {Xavier}
          %3 : [4] = parameter dense1.bias {Zeros}
          %4 : [4, 4] = parameter dense2.weight {Xavier}
          %5 : [N, 4] = Dense(%0, %2, %3) {units=4}   ; dense1, 16 multiply-adds
          %6 : [N, 4] = Tanh(%5)   ; tanh1
          %7 : [N, 4] = Dense(%6, %4, _) {units=4}   ; dense2, 16 multiply-adds
          %8 : [N] = SquaredDistance(%7, %1)   ; distance1
          %9 : [] = batchmean(%8)   ; mean1
          return output=%7, loss=%9 (loss)
        }
        """,
        """
        network Chain {
          %0 : [N, 4] = input x
          %1 : [N, 4] = input target
          %2 : [4, 4] = parameter dense1.weight {Xavier}
          %3 : [4] = parameter dense1.bias {Zeros}
          %4 : [4, 4] = parameter dense2.weight {Xavier}
          %5 : [N, 4] = Dense(%0, %2, %3) {units=4}   ; dense1, 16 multiply-adds
          %6 : [N, 4] = Tanh(%5)   ; tanh1
          %7 : [N, 4] = Dense(%6, %4, _) {units=4}   ; dense2, 16 multiply-adds
          %8 : [N] = SquaredDistance(%7, %1)   ; distance1
          %9 : [] = batchmean(%8)   ; mean1
          %10 : [] = seed() {value=1f}   ; loss
          %11 : [N] = batchmean.x'(%10)   ; mean1
          %12 : [N, 4] = SquaredDistance.a'(%7, %1, %11)   ; distance1
          %13 : [4, 4] = Dense.weight'(%6, %12) {units=4}   ; dense2, 16 multiply-adds
          %14 : [N, 4] = Dense.x'(%4, %12) {units=4}   ; dense2, 16 multiply-adds
          %15 : [N, 4] = Tanh.x'(%14, %6)   ; tanh1
          %16 : [4, 4] = Dense.weight'(%0, %15) {units=4}   ; dense1, 16 multiply-adds
          %17 : [4] = Dense.bias'(%15) {units=4}   ; dense1
          return output=%7, loss=%9 (loss), dense1.weight=%16 (gradient), dense1.bias=%17 (gradient), dense2.weight=%13 (gradient)
        }
        """);

    [Fact]
    public void Where_a_value_fans_out_contributions_are_added_as_they_arrive() => PassAssert.Rewrites(
        Gradient.Run,
        Scalars("""
          %1 : [] = Square(%0)   ; square1
          %2 : [] = Tanh(%1)   ; tanh1
          %3 : [] = Sigmoid(%1)   ; sigmoid1
          %4 : [] = Multiply(%2, %3)   ; multiply1
          %5 : [] = Multiply(%4, %1)   ; multiply2
          return loss=%5 (loss)
        """),
        Scalars("""
          %1 : [] = Square(%0)   ; square1
          %2 : [] = Tanh(%1)   ; tanh1
          %3 : [] = Sigmoid(%1)   ; sigmoid1
          %4 : [] = Multiply(%2, %3)   ; multiply1
          %5 : [] = Multiply(%4, %1)   ; multiply2
          %6 : [] = seed() {value=1f}   ; loss
          %7 : [] = Multiply.a'(%6, %1)   ; multiply2
          %8 : [] = Multiply.b'(%6, %4)   ; multiply2
          %9 : [] = Multiply.a'(%7, %3)   ; multiply1
          %10 : [] = Multiply.b'(%7, %2)   ; multiply1
          %11 : [] = Sigmoid.x'(%10, %3)   ; sigmoid1
          %12 : [] = accumulate(%8, %11)   ; square1
          %13 : [] = Tanh.x'(%9, %2)   ; tanh1
          %14 : [] = accumulate(%12, %13)   ; square1
          %15 : [] = Square.x'(%14, %0)   ; square1
          return loss=%5 (loss), p=%15 (gradient)
        """));

    [Fact]
    public void One_value_as_both_operands_gets_both_contributions() => PassAssert.Rewrites(
        Gradient.Run,
        Scalars("""
          %1 : [] = Multiply(%0, %0)   ; multiply1
          return loss=%1 (loss)
        """),
        Scalars("""
          %1 : [] = Multiply(%0, %0)   ; multiply1
          %2 : [] = seed() {value=1f}   ; loss
          %3 : [] = Multiply.a'(%2, %0)   ; multiply1
          %4 : [] = Multiply.b'(%2, %0)   ; multiply1
          %5 : [] = accumulate(%3, %4)   ; p
          return loss=%1 (loss), p=%5 (gradient)
        """));

    [Fact]
    public void Gradients_of_a_shared_weight_are_summed_and_nothing_flows_into_frozen_ones()
    {
        var graph = Gradient.Run(SampleGraphs.Get("Siamese"));
        GraphVerifier.Verify(graph);
        Assert.Equal(["tower.weight", "tower.bias", "gain"], Gradients(graph).Select(static r => r.Name));
        Assert.DoesNotContain(graph.Nodes, static n => n.Target == "weight" && n.Name == "code");
        Assert.Equal(2, graph.Nodes.Count(static n => n.Target == "weight" && n.Name == "tower"));
        var sum = graph.Nodes.Single(n => n.Result == Gradients(graph).First().Value);
        Assert.Same(OperatorSpec.Accumulate, sum.Operator);

        // The walk is backwards: the second use contributes first, always.
        var addends = sum.Operands.Select(o => graph.Nodes.Single(n => n.Result == o)).ToList();
        Assert.Equal([1, 0], addends.Select(static n => n.Operands[0]));
    }

    [Fact]
    public void Disjoint_slices_are_one_concat_with_zeros_in_the_gaps() => PassAssert.Rewrites(
        Gradient.Run,
        Vector(8, """
          %1 : [2] = slice(%0) {axis=0, start=5, length=2}   ; slice1
          %2 : [2] = slice(%0) {axis=0, start=1, length=2}   ; slice2
          %3 : [2] = Multiply(%1, %2)   ; multiply1
          %4 : [1] = slice(%3) {axis=0, start=1, length=1}   ; slice3
          %5 : [] = reshape(%4)   ; reshape1
          return loss=%5 (loss)
        """),
        Vector(8, """
          %1 : [2] = slice(%0) {axis=0, start=5, length=2}   ; slice1
          %2 : [2] = slice(%0) {axis=0, start=1, length=2}   ; slice2
          %3 : [2] = Multiply(%1, %2)   ; multiply1
          %4 : [1] = slice(%3) {axis=0, start=1, length=1}   ; slice3
          %5 : [] = reshape(%4)   ; reshape1
          %6 : [] = seed() {value=1f}   ; loss
          %7 : [1] = reshape(%6)   ; reshape1
          %8 : [1] = zero()   ; multiply1
          %9 : [2] = concat(%8, %7) {axis=0}   ; multiply1
          %10 : [2] = Multiply.a'(%9, %2)   ; multiply1
          %11 : [2] = Multiply.b'(%9, %1)   ; multiply1
          %12 : [1] = zero()   ; p
          %13 : [2] = zero()   ; p
          %14 : [1] = zero()   ; p
          %15 : [8] = concat(%12, %11, %13, %10, %14) {axis=0}   ; p
          return loss=%5 (loss), p=%15 (gradient)
        """));

    [Fact]
    public void Slices_that_overlap_are_padded_and_added() => PassAssert.Rewrites(
        Gradient.Run,
        Vector(3, """
          %1 : [2] = slice(%0) {axis=0, start=0, length=2}   ; slice1
          %2 : [2] = slice(%0) {axis=0, start=1, length=2}   ; slice2
          %3 : [2] = Multiply(%1, %2)   ; multiply1
          %4 : [1] = slice(%3) {axis=0, start=0, length=1}   ; slice3
          %5 : [1] = slice(%3) {axis=0, start=0, length=1}   ; slice4
          %6 : [1] = Add(%4, %5)   ; add1
          %7 : [] = reshape(%6)   ; reshape1
          return loss=%7 (loss)
        """),
        Vector(3, """
          %1 : [2] = slice(%0) {axis=0, start=0, length=2}   ; slice1
          %2 : [2] = slice(%0) {axis=0, start=1, length=2}   ; slice2
          %3 : [2] = Multiply(%1, %2)   ; multiply1
          %4 : [1] = slice(%3) {axis=0, start=0, length=1}   ; slice3
          %5 : [1] = slice(%3) {axis=0, start=0, length=1}   ; slice4
          %6 : [1] = Add(%4, %5)   ; add1
          %7 : [] = reshape(%6)   ; reshape1
          %8 : [] = seed() {value=1f}   ; loss
          %9 : [1] = reshape(%8)   ; reshape1
          %10 : [1] = Add.a'(%9)   ; add1
          %11 : [1] = Add.b'(%9)   ; add1
          %12 : [1] = accumulate(%11, %10)   ; slice3
          %13 : [1] = zero()   ; multiply1
          %14 : [2] = concat(%12, %13) {axis=0}   ; multiply1
          %15 : [2] = Multiply.a'(%14, %2)   ; multiply1
          %16 : [2] = Multiply.b'(%14, %1)   ; multiply1
          %17 : [1] = zero()   ; p
          %18 : [3] = concat(%15, %17) {axis=0}   ; p
          %19 : [1] = zero()   ; p
          %20 : [3] = concat(%19, %16) {axis=0}   ; p
          %21 : [3] = accumulate(%18, %20)   ; p
          return loss=%7 (loss), p=%21 (gradient)
        """));

    [Fact]
    public void The_gradient_of_a_concat_is_sliced_and_only_where_it_is_needed() => PassAssert.Rewrites(
        Gradient.Run,
        """
        network Concat {
          %0 : [N, 2] = input x
          %1 : [2, 2] = parameter dense1.weight {Xavier}
          %2 : [N, 2] = Dense(%0, %1, _) {units=2}   ; dense1
          %3 : [N, 6] = concat(%2, %0, %2) {axis=0}   ; concat1
          %4 : [N] = SampleSum(%3)   ; sum1
          %5 : [] = batchsum(%4)   ; sum2
          return loss=%5 (loss)
        }
        """,
        """
        network Concat {
          %0 : [N, 2] = input x
          %1 : [2, 2] = parameter dense1.weight {Xavier}
          %2 : [N, 2] = Dense(%0, %1, _) {units=2}   ; dense1
          %3 : [N, 6] = concat(%2, %0, %2) {axis=0}   ; concat1
          %4 : [N] = SampleSum(%3)   ; sum1
          %5 : [] = batchsum(%4)   ; sum2
          %6 : [] = seed() {value=1f}   ; loss
          %7 : [N] = batchsum.x'(%6)   ; sum2
          %8 : [N, 6] = SampleSum.x'(%7)   ; sum1
          %9 : [N, 2] = slice(%8) {axis=0, start=0, length=2}   ; concat1
          %10 : [N, 2] = slice(%8) {axis=0, start=4, length=2}   ; concat1
          %11 : [N, 2] = accumulate(%9, %10)   ; dense1
          %12 : [2, 2] = Dense.weight'(%0, %11) {units=2}   ; dense1
          return loss=%5 (loss), dense1.weight=%12 (gradient)
        }
        """);

    [Fact]
    public void What_no_gradient_reaches_gets_zeros() => PassAssert.Rewrites(
        Gradient.Run,
        """
        network Unreached {
          %0 : [N, 2] = input x
          %1 : [N] = labels kind
          %2 : [2, 2] = parameter dense1.weight {Xavier}
          %3 : [2, 2] = parameter dense2.weight {Xavier, frozen}
          %4 : [N, 2] = Dense(%0, %2, _) {units=2}   ; dense1
          %5 : [N] = Correct(%4, %1)   ; correct1
          %6 : [] = batchmean(%5)   ; mean1
          return loss=%6 (loss)
        }
        """,
        """
        network Unreached {
          %0 : [N, 2] = input x
          %1 : [N] = labels kind
          %2 : [2, 2] = parameter dense1.weight {Xavier}
          %3 : [2, 2] = parameter dense2.weight {Xavier, frozen}
          %4 : [N, 2] = Dense(%0, %2, _) {units=2}   ; dense1
          %5 : [N] = Correct(%4, %1)   ; correct1
          %6 : [] = batchmean(%5)   ; mean1
          %7 : [2, 2] = zero()   ; dense1.weight
          return loss=%6 (loss), dense1.weight=%7 (gradient)
        }
        """);

    [Fact]
    public void A_dropout_draws_the_same_numbers_backwards()
    {
        var graph = Gradient.Run(SampleGraphs.Get("Inception"));
        Assert.Equal([1, 1], graph.Nodes.Where(static n => n.Operator.Name == "Dropout").Select(static n => n.Key));
    }

    [Fact]
    public void An_unrolled_network_grows_linearly()
    {
        var (four, eight) = (Gradient.Run(Steps(16)).Nodes.Count, Gradient.Run(Steps(32)).Nodes.Count);
        Assert.InRange(eight, four, 2 * four);
        Assert.Single(Gradient.Run(Steps(32)).Nodes, static n => n.Operator.Movement == MovementKind.Concat);
    }

    /// <summary>Each step reads its own slice of one value: h = Tanh(slice(x) * h).</summary>
    static Graph Steps(int count)
    {
        var text = new System.Text.StringBuilder($"network Steps {{\n%0 : [{count}] = parameter p {{Ones}}\n%1 : [{count}] = Tanh(%0)   ; tanh1\n%2 : [1] = slice(%1) {{axis=0, start=0, length=1}}   ; slice1\n");
        var value = 2;
        for (var i = 1; i < count; i++)
        {
            text.Append($"%{value + 1} : [1] = slice(%1) {{axis=0, start={i}, length=1}}   ; slice{i}\n%{value + 2} : [1] = Multiply(%{value}, %{value + 1})   ; multiply{i}\n");
            value += 2;
        }

        return GraphParser.Parse(text.Append($"%{value + 1} : [] = reshape(%{value})   ; reshape1\nreturn loss=%{value + 1} (loss)\n}}").ToString());
    }

    static IEnumerable<Result> Gradients(Graph graph) => graph.Results.Where(static r => r.Kind == ResultKind.Gradient);

    static string Scalars(string equations) => $"network Scalars {{\n%0 : [] = parameter p {{Ones}}\n{equations}\n}}";

    static string Vector(int size, string equations) => $"network Vector {{\n%0 : [{size}] = parameter p {{Ones}}\n{equations}\n}}";
}
