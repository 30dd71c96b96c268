using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Tests.Passes;

public class GradientCopiesTests
{
    [Fact]
    public void A_gradient_that_two_parameters_share_or_that_is_a_part_is_copied() => PassAssert.Rewrites(
        GradientCopies.Run,
        """
        network Copies {
          %0 : [4] = parameter p {Zeros}
          %1 : [4] = parameter q {Zeros}
          %2 : [2] = parameter r {Zeros}
          %3 : [2, 2] = parameter s {Zeros}
          %4 : [4] = zero()
          %5 : [2] = slice(%4) {axis=0, start=0, length=2}
          %6 : [4] = zero()
          %7 : [2, 2] = reshape(%6)
          return p=%4 (gradient), q=%4 (gradient), r=%5 (gradient), s=%7 (gradient)
        }
        """,
        """
        network Copies {
          %0 : [4] = parameter p {Zeros}
          %1 : [4] = parameter q {Zeros}
          %2 : [2] = parameter r {Zeros}
          %3 : [2, 2] = parameter s {Zeros}
          %4 : [4] = zero()
          %5 : [2] = slice(%4) {axis=0, start=0, length=2}
          %6 : [4] = zero()
          %7 : [2, 2] = reshape(%6)
          %8 : [4] = concat(%4) {axis=0}   ; q
          %9 : [2] = concat(%5) {axis=0}   ; r
          return p=%4 (gradient), q=%8 (gradient), r=%9 (gradient), s=%7 (gradient)
        }
        """);
}
