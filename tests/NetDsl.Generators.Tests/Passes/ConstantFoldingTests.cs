using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Tests.Passes;

public class ConstantFoldingTests
{
    [Fact]
    public void A_reshape_of_a_reshape_is_one_and_one_to_the_same_shape_is_none() => PassAssert.Rewrites(
        ConstantFolding.Run,
        """
        network Reshapes {
          %0 : [N, 2, 3] = input x
          %1 : [N, 6] = Flatten(%0)   ; flatten1
          %2 : [N, 3, 2] = reshape(%1)   ; reshape1
          %3 : [N, 2, 3] = reshape(%2)   ; reshape2
          return a=%2, b=%3
        }
        """,
        """
        network Reshapes {
          %0 : [N, 2, 3] = input x
          %1 : [N, 6] = Flatten(%0)   ; flatten1
          %2 : [N, 3, 2] = reshape(%0)   ; reshape1
          return a=%2, b=%0
        }
        """);

    [Fact]
    public void What_returns_its_operand_without_a_derivative_stays_where_a_gradient_could_flow() => PassAssert.Rewrites(
        ConstantFolding.Run,
        """
        network Stopped {
          %0 : [N, 3] = input x
          %1 : [N, 3] = Stopped(%0)   ; stopped1
          %2 : [N, 3] = Tanh(%1)   ; tanh1
          %3 : [N, 3] = Stopped(%2)   ; stopped2
          return a=%3
        }
        """,
        """
        network Stopped {
          %0 : [N, 3] = input x
          %2 : [N, 3] = Tanh(%0)   ; tanh1
          %3 : [N, 3] = Stopped(%2)   ; stopped2
          return a=%3
        }
        """);

    [Fact]
    public void A_slice_of_a_slice_is_one_and_one_of_everything_is_none() => PassAssert.Rewrites(
        ConstantFolding.Run,
        """
        network Slices {
          %0 : [N, 8, 3] = input x
          %1 : [N, 5, 3] = slice(%0) {axis=0, start=2, length=5}   ; slice1
          %2 : [N, 2, 3] = slice(%1) {axis=0, start=1, length=2}   ; slice2
          %3 : [N, 5, 1] = slice(%1) {axis=1, start=2, length=1}   ; slice3
          %4 : [N, 8, 3] = slice(%0) {axis=0, start=0, length=8}   ; slice4
          return a=%2, b=%3, c=%4
        }
        """,
        """
        network Slices {
          %0 : [N, 8, 3] = input x
          %1 : [N, 5, 3] = slice(%0) {axis=0, start=2, length=5}   ; slice1
          %2 : [N, 2, 3] = slice(%0) {axis=0, start=3, length=2}   ; slice2
          %3 : [N, 5, 1] = slice(%1) {axis=1, start=2, length=1}   ; slice3
          return a=%2, b=%3, c=%0
        }
        """);

    [Fact]
    public void A_slice_within_an_operand_of_a_concat_is_a_slice_of_the_operand() => PassAssert.Rewrites(
        ConstantFolding.Run,
        """
        network SliceOfConcat {
          %0 : [N, 2] = input a
          %1 : [N, 3] = input b
          %2 : [N, 5] = concat(%0, %1) {axis=0}   ; concat1
          %3 : [N, 2] = slice(%2) {axis=0, start=3, length=2}   ; slice1
          %4 : [N, 2] = slice(%2) {axis=0, start=0, length=2}   ; slice2
          %5 : [N, 2] = slice(%2) {axis=0, start=1, length=2}   ; slice3
          return a=%3, b=%4, c=%5
        }
        """,
        """
        network SliceOfConcat {
          %0 : [N, 2] = input a
          %1 : [N, 3] = input b
          %2 : [N, 5] = concat(%0, %1) {axis=0}   ; concat1
          %3 : [N, 2] = slice(%1) {axis=0, start=1, length=2}   ; slice1
          %5 : [N, 2] = slice(%2) {axis=0, start=1, length=2}   ; slice3
          return a=%3, b=%0, c=%5
        }
        """);

    [Fact]
    public void Slices_put_together_again_are_the_whole() => PassAssert.Rewrites(
        ConstantFolding.Run,
        """
        network Whole {
          %0 : [N, 5] = input x
          %1 : [N, 2] = slice(%0) {axis=0, start=0, length=2}   ; slice1
          %2 : [N, 3] = slice(%0) {axis=0, start=2, length=3}   ; slice2
          %3 : [N, 5] = concat(%1, %2) {axis=0}   ; concat1
          %4 : [N, 5] = concat(%2, %1) {axis=0}   ; concat2
          return a=%3, b=%4
        }
        """,
        """
        network Whole {
          %0 : [N, 5] = input x
          %1 : [N, 2] = slice(%0) {axis=0, start=0, length=2}   ; slice1
          %2 : [N, 3] = slice(%0) {axis=0, start=2, length=3}   ; slice2
          %4 : [N, 5] = concat(%2, %1) {axis=0}   ; concat2
          return a=%0, b=%4
        }
        """);

    [Fact]
    public void A_concat_read_only_by_a_concat_is_merged_and_one_of_a_single_operand_is_none() => PassAssert.Rewrites(
        ConstantFolding.Run,
        """
        network Concats {
          %0 : [N, 2] = input a
          %1 : [N, 3] = input b
          %2 : [N, 5] = concat(%0, %1) {axis=0}   ; concat1
          %3 : [N, 7] = concat(%2, %0) {axis=0}   ; concat2
          %4 : [N, 5] = concat(%1, %0) {axis=0}   ; concat3
          %5 : [N, 7] = concat(%4, %0) {axis=0}   ; concat4
          %6 : [N, 2] = concat(%0) {axis=0}   ; concat5
          return a=%3, b=%4, c=%5, d=%6
        }
        """,
        """
        network Concats {
          %0 : [N, 2] = input a
          %1 : [N, 3] = input b
          %2 : [N, 5] = concat(%0, %1) {axis=0}   ; concat1
          %3 : [N, 7] = concat(%0, %1, %0) {axis=0}   ; concat2
          %4 : [N, 5] = concat(%1, %0) {axis=0}   ; concat3
          %5 : [N, 7] = concat(%4, %0) {axis=0}   ; concat4
          return a=%3, b=%4, c=%5, d=%0
        }
        """);

    [Fact]
    public void An_elementwise_operator_that_returns_an_operand_disappears() => PassAssert.Rewrites(
        ConstantFolding.Run,
        """
        network Identity {
          %0 : [N, 2] = input a
          %1 : [N, 2] = Add.b'(%0)   ; add1
          %2 : [N, 2] = Tanh(%1)   ; tanh1
          return a=%2
        }
        """,
        """
        network Identity {
          %0 : [N, 2] = input a
          %2 : [N, 2] = Tanh(%0)   ; tanh1
          return a=%2
        }
        """);
}
