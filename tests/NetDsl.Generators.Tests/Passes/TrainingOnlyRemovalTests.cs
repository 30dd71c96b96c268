using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Tests.Passes;

public class TrainingOnlyRemovalTests
{
    [Fact]
    public void Operators_of_training_pass_their_input_through() => PassAssert.Rewrites(
        TrainingOnlyRemoval.Run,
        """
        network Dropouts {
          %0 : [N, 4] = input x
          %1 : [N, 4] = Dropout(%0) {rate=0.5f} key 1   ; dropout1
          %2 : [N, 4] = Dropout(%1) {rate=0.5f} key 2   ; dropout2
          %3 : [N, 4] = Tanh(%2)   ; tanh1
          return features=%2, output=%3
        }
        """,
        """
        network Dropouts {
          %0 : [N, 4] = input x
          %3 : [N, 4] = Tanh(%0)   ; tanh1
          return features=%0, output=%3
        }
        """);

    [Fact]
    public void Other_random_operators_stay() => PassAssert.Rewrites(
        TrainingOnlyRemoval.Run,
        """
        network Noisy {
          %0 : [N, 4] = input x
          %1 : [N, 4] = Noise(%0) key 1   ; noise1
          return output=%1
        }
        """,
        """
        network Noisy {
          %0 : [N, 4] = input x
          %1 : [N, 4] = Noise(%0) key 1   ; noise1
          return output=%1
        }
        """);
}
