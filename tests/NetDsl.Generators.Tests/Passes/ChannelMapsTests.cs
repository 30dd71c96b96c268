using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Tests.Passes;

public class ChannelMapsTests
{
    [Fact]
    public void An_operator_that_declares_its_numbers_becomes_a_map_and_what_only_it_read_is_left_alone() => PassAssert.Rewrites(
        ChannelMaps.Run,
        """
        network Normalized {
          %0 : [N, 4, 3, 3] = input x
          %1 : [4] = parameter norm.mean {Zeros, frozen}
          %2 : [1] = parameter norm.deviation {Ones, frozen}
          %3 : [N, 4] = ChannelMean(%0)   ; mean1
          %4 : [4] = batchmean(%3)   ; mean2
          %5 : [N, 4, 3, 3] = Normalize(%0, %1, %2, %4) {epsilon=0.1f, S=9}   ; norm
          return output=%5
        }
        """,
        """
        network Normalized {
          %0 : [N, 4, 3, 3] = input x
          %1 : [4] = parameter norm.mean {Zeros, frozen}
          %2 : [1] = parameter norm.deviation {Ones, frozen}
          %6 : [4] = slope(%2) {epsilon=0.1f, S=9}   ; norm
          %7 : [4] = intercept(%1, %6) {epsilon=0.1f, S=9}   ; norm
          %3 : [N, 4] = ChannelMean(%0)   ; mean1
          %4 : [4] = batchmean(%3)   ; mean2
          %5 : [N, 4, 3, 3] = channelmap(%0, %6, %7) {S=9}   ; norm
          return output=%5
        }
        """);

    [Fact]
    public void Weights_are_numbers_as_they_are_and_a_weight_that_is_absent_is_zero() => PassAssert.Rewrites(
        ChannelMaps.Run,
        """
        network Scaled {
          %0 : [N, 4, 3, 3] = input x
          %1 : [4] = parameter scale.weight {Ones}
          %2 : [4] = parameter shift.bias {Zeros}
          %3 : [N, 4, 3, 3] = Scale(%0, %1, _)   ; scale
          %4 : [N, 4, 3, 3] = Shift(%3, %2)   ; shift
          return output=%4
        }
        """,
        """
        network Scaled {
          %0 : [N, 4, 3, 3] = input x
          %1 : [4] = parameter scale.weight {Ones}
          %2 : [4] = parameter shift.bias {Zeros}
          %5 : [4] = zero()   ; scale
          %6 : [4] = seed() {value=1f}   ; shift
          %3 : [N, 4, 3, 3] = channelmap(%0, %1, %5) {S=9}   ; scale
          %4 : [N, 4, 3, 3] = channelmap(%3, %6, %2) {S=9}   ; shift
          return output=%4
        }
        """);

    [Fact]
    public void Numbers_that_are_not_made_of_weights_alone_leave_the_operator_as_it_is()
    {
        const string text =
            """
            network Computed {
              %0 : [N, 4, 3, 3] = input x
              %1 : [4] = parameter a {Ones}
              %2 : [4] = Tanh(%1)   ; tanh1
              %3 : [N, 4, 3, 3] = Shift(%0, %2)   ; shift
              return output=%3
            }
            """;
        PassAssert.Rewrites(ChannelMaps.Run, text, text);
    }
}
