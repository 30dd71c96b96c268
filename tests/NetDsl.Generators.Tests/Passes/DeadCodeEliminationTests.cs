using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Tests.Passes;

public class DeadCodeEliminationTests
{
    [Fact]
    public void What_no_result_needs_is_dropped_but_for_inputs_and_parameters() => PassAssert.Rewrites(
        DeadCodeElimination.Run,
        """
        network Dead {
          %0 : [N, 4] = input x
          %1 : [N, 4] = input unused
          %2 : [3, 4] = parameter dense1.weight {Xavier}
          %3 : [N, 3] = Dense(%0, %2, _) {units=3}   ; dense1
          %4 : [N, 4] = Tanh(%0)   ; tanh1
          %5 : [N, 4] = Add(%4, %1)   ; add1
          %6 : [N, 4] = ReLU(%4)   ; relu1
          return output=%6
        }
        """,
        """
        network Dead {
          %0 : [N, 4] = input x
          %1 : [N, 4] = input unused
          %2 : [3, 4] = parameter dense1.weight {Xavier}
          %4 : [N, 4] = Tanh(%0)   ; tanh1
          %6 : [N, 4] = ReLU(%4)   ; relu1
          return output=%6
        }
        """);
}
