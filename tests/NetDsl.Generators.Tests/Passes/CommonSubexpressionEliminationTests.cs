using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Tests.Passes;

public class CommonSubexpressionEliminationTests
{
    [Fact]
    public void Equal_equations_are_computed_once_and_so_are_those_that_become_equal() => PassAssert.Rewrites(
        CommonSubexpressionElimination.Run,
        """
        network Twice {
          %0 : [N, 4] = input x
          %1 : [N, 4] = Tanh(%0)   ; tanh1
          %2 : [N, 4] = Tanh(%0)   ; tanh2
          %3 : [N, 4] = Square(%1)   ; square1
          %4 : [N, 4] = Square(%2)   ; square2
          %5 : [N, 4] = Add(%3, %4)   ; add1
          return output=%5, features=%2
        }
        """,
        """
        network Twice {
          %0 : [N, 4] = input x
          %1 : [N, 4] = Tanh(%0)   ; tanh1
          %3 : [N, 4] = Square(%1)   ; square1
          %5 : [N, 4] = Add(%3, %3)   ; add1
          return output=%5, features=%1
        }
        """);

    [Fact]
    public void Other_constants_weights_operands_or_keys_make_other_values() => PassAssert.Rewrites(
        CommonSubexpressionElimination.Run,
        """
        network Different {
          %0 : [N, 4] = input x
          %1 : [4, 4] = parameter dense1.weight {Xavier}
          %2 : [4, 4] = parameter dense2.weight {Xavier}
          %3 : [N, 4] = Dense(%0, %1, _) {units=4}   ; dense1
          %4 : [N, 4] = Dense(%0, %2, _) {units=4}   ; dense2
          %5 : [N, 4] = Affine(%3) {scale=1f, shift=0f}   ; affine1
          %6 : [N, 4] = Affine(%3) {scale=2f, shift=0f}   ; affine2
          %7 : [N, 4] = Noise(%6) key 1   ; noise1
          %8 : [N, 4] = Noise(%6) key 2   ; noise2
          return a=%4, b=%5, c=%7, d=%8
        }
        """,
        """
        network Different {
          %0 : [N, 4] = input x
          %1 : [4, 4] = parameter dense1.weight {Xavier}
          %2 : [4, 4] = parameter dense2.weight {Xavier}
          %3 : [N, 4] = Dense(%0, %1, _) {units=4}   ; dense1
          %4 : [N, 4] = Dense(%0, %2, _) {units=4}   ; dense2
          %5 : [N, 4] = Affine(%3) {scale=1f, shift=0f}   ; affine1
          %6 : [N, 4] = Affine(%3) {scale=2f, shift=0f}   ; affine2
          %7 : [N, 4] = Noise(%6) key 1   ; noise1
          %8 : [N, 4] = Noise(%6) key 2   ; noise2
          return a=%4, b=%5, c=%7, d=%8
        }
        """);

    [Fact]
    public void One_draw_is_one_value_and_constants_are_not_shared() => PassAssert.Rewrites(
        CommonSubexpressionElimination.Run,
        """
        network Draws {
          %0 : [N, 4] = input x
          %1 : [N, 4] = Noise(%0) key 1   ; noise1
          %2 : [N, 4] = Noise(%0) key 1   ; noise1
          %3 : [N, 4] = zero()
          %4 : [N, 4] = zero()
          return a=%1, b=%2, c=%3, d=%4
        }
        """,
        """
        network Draws {
          %0 : [N, 4] = input x
          %1 : [N, 4] = Noise(%0) key 1   ; noise1
          %3 : [N, 4] = zero()
          %4 : [N, 4] = zero()
          return a=%1, b=%1, c=%3, d=%4
        }
        """);
}
