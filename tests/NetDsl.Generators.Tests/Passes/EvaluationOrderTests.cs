using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;
using NetDsl.Generators.Tests.Ir;

namespace NetDsl.Generators.Tests.Passes;

public class EvaluationOrderTests
{
    [Fact]
    public void What_outputs_need_comes_first() => PassAssert.Rewrites(
        EvaluationOrder.Run,
        """
        network Ordered {
          %0 : [N, 4] = input x
          %1 : [N] = SampleSum(%0)   ; sum1
          %2 : [N, 4] = Tanh(%0)   ; tanh1
          %3 : [] = batchmean(%1)   ; mean1
          %4 : [N, 4] = Square(%2)   ; square1
          return output=%4, loss=%3 (loss)
        }
        """,
        """
        network Ordered {
          %0 : [N, 4] = input x
          %2 : [N, 4] = Tanh(%0)   ; tanh1
          %4 : [N, 4] = Square(%2)   ; square1
          %1 : [N] = SampleSum(%0)   ; sum1
          %3 : [] = batchmean(%1)   ; mean1
          return output=%4, loss=%3 (loss)
        }
        """);

    [Fact]
    public void A_prediction_stops_before_what_only_the_loss_needs()
    {
        var program = Pipeline.Compile(SampleGraphs.Get("Inception"), ProgramMode.Predict);
        Assert.Equal("Head", program.Kernels[program.EvaluationStart - 1].Name);
        Assert.Equal("Aux", program.Kernels[program.EvaluationStart].Name);
    }

    [Fact]
    public void All_of_a_training_program_is_run()
    {
        var program = Pipeline.Compile(SampleGraphs.Get("Inception"), ProgramMode.Train);
        Assert.Equal(program.Kernels.Count, program.EvaluationStart);
    }
}
