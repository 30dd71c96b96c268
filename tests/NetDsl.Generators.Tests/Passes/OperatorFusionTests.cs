using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;
using NetDsl.Generators.Tests.Ir;

namespace NetDsl.Generators.Tests.Passes;

public class OperatorFusionTests
{
    [Fact]
    public void An_elementwise_operator_joins_the_kernel_that_has_its_operand_in_registers() => Fuses(
        """
        network Epilogue {
          %0 : [N, 4] = input x
          %1 : [4, 4] = parameter dense1.weight {Xavier}
          %2 : [N, 4] = Dense(%0, %1, _) {units=4}   ; dense1
          %3 : [N, 4] = Tanh(%2)   ; tanh1
          %4 : [N, 4] = Add(%3, %0)   ; add1
          return output=%4
        }
        """,
        "Dense1: 2 3 4 -> 4");

    [Fact]
    public void The_latest_producer_takes_it_and_what_others_read_is_stored() => Fuses(
        """
        network Residual {
          %0 : [N, 4] = input x
          %1 : [4, 4] = parameter dense1.weight {Xavier}
          %2 : [4, 4] = parameter dense2.weight {Xavier}
          %3 : [N, 4] = Dense(%0, %1, _) {units=4}   ; dense1
          %4 : [N, 4] = Tanh(%3)   ; tanh1
          %5 : [N, 4] = Dense(%4, %2, _) {units=4}   ; dense2
          %6 : [N, 4] = Add(%4, %5)   ; add1
          return output=%6, features=%3
        }
        """,
        "Dense1: 3 4 -> 3 4",
        "Dense2: 5 6 -> 6");

    [Fact]
    public void Planes_contractions_by_weights_and_other_sizes_are_not_followed() => Fuses(
        """
        network Alone {
          %0 : [N, 4] = input x
          %1 : [N, 4] = Softmax(%0)   ; softmax1
          %2 : [N, 4] = Tanh(%1)   ; tanh1
          %3 : [N, 2] = slice(%2) {axis=0, start=0, length=2}   ; slice1
          %4 : [N, 2] = Tanh(%3)   ; tanh2
          return output=%4
        }
        """,
        "Softmax1: 1 -> 1",
        "Tanh1: 2 -> 2",
        "Tanh2: 4 -> 4");

    [Fact]
    public void Neighbours_that_read_the_same_value_read_it_once() => Fuses(
        """
        network Siblings {
          %0 : [N, 4] = input x
          %1 : [N, 4] = Softmax(%0)   ; softmax1
          %2 : [N, 4] = Tanh(%1)   ; tanh1
          %3 : [N, 4] = Add(%1, %0)   ; add1
          return output=%2, other=%3
        }
        """,
        "Softmax1: 1 -> 1",
        "Tanh1: 2 3 -> 2 3");

    [Fact]
    public void Elementwise_operators_look_through_reshapes() => Fuses(
        """
        network Reshaped {
          %0 : [N, 4] = input x
          %1 : [4, 4] = parameter dense1.weight {Xavier}
          %2 : [N, 4] = Dense(%0, %1, _) {units=4}   ; dense1
          %3 : [N, 2, 2] = reshape(%2)   ; reshape1
          %4 : [N, 2, 2] = Tanh(%3)   ; tanh1
          %5 : [N, 2, 2] = Softmax(%4)   ; softmax1
          return output=%5
        }
        """,
        "Dense1: 2 4 -> 4",
        "Softmax1: 5 -> 5");

    [Fact]
    public void The_gates_of_a_cell_are_one_kernel() => Fuses(
        """
        network Cell {
          %0 : [N, 8] = input gates
          %1 : [N, 2] = input cell
          %2 : [N, 2] = slice(%0) {axis=0, start=0, length=2}   ; split1
          %3 : [N, 2] = slice(%0) {axis=0, start=2, length=2}   ; split1
          %4 : [N, 2] = slice(%0) {axis=0, start=4, length=2}   ; split1
          %5 : [N, 2] = slice(%0) {axis=0, start=6, length=2}   ; split1
          %6 : [N, 2] = Sigmoid(%2)   ; sigmoid1
          %7 : [N, 2] = Sigmoid(%3)   ; sigmoid2
          %8 : [N, 2] = Tanh(%4)   ; tanh1
          %9 : [N, 2] = Multiply(%7, %1)   ; multiply1
          %10 : [N, 2] = Multiply(%6, %8)   ; multiply2
          %11 : [N, 2] = Add(%9, %10)   ; add1
          %12 : [N, 2] = Tanh(%11)   ; tanh2
          %13 : [N, 2] = Sigmoid(%5)   ; sigmoid3
          %14 : [N, 2] = Multiply(%13, %12)   ; multiply3
          return output=%14, cell=%11
        }
        """,
        "Sigmoid2: 7 9 6 8 10 11 12 13 14 -> 11 14");

    [Theory]
    [InlineData("%5 : [N, 4] = reshape(%3)", 4)]
    [InlineData("%5 : [N, 2] = slice(%3) {axis=0, start=1, length=2}", 2)]
    public void A_result_that_the_anchor_itself_reads_is_not_moved_behind_it(string view, int size) => Fuses(
        $$"""
        network Read {
          %0 : [N, 4] = input x
          %1 : [4, {{size}}] = parameter dense1.weight {Xavier}
          %2 : [N, 4] = Softmax(%0)   ; softmax1
          %3 : [N, 4] = Tanh(%2)   ; tanh1
          {{view}}
          %6 : [N, 4] = Dense(%5, %1, _) {units=4}   ; dense1
          %7 : [N, 4] = Add(%6, %3)   ; add1
          return output=%7, features=%2
        }
        """,
        "Softmax1: 2 -> 2",
        "Tanh1: 3 -> 3",
        "Dense1: 6 7 -> 7");

    [Fact]
    public void A_sum_stays_where_it_frees_more_than_moving_it_would_save() => Fuses(
        """
        network Sum {
          %0 : [N, 4] = input x
          %1 : [N, 4] = Softmax(%0)   ; softmax1
          %2 : [N, 4] = Softmax(%1)   ; softmax2
          %3 : [N, 4] = Add(%1, %2)   ; add1
          %8 : [N, 4] = input other
          %4 : [N, 4] = Softmax(%8)   ; softmax3
          %5 : [4, 4] = parameter dense1.weight {Xavier}
          %6 : [N, 4] = Dense(%4, %5, _) {units=4}   ; dense1
          %7 : [N, 4] = Add(%3, %6)   ; add2
          return output=%7
        }
        """,
        "Softmax1: 1 -> 1",
        "Softmax2: 2 -> 2",
        "Add1: 3 -> 3",
        "Softmax3: 4 -> 4",
        "Dense1: 6 7 -> 7");

    [Fact]
    public void A_prediction_does_not_compute_what_only_the_loss_reads() => Fuses(
        """
        network Evaluated {
          %0 : [N, 4] = input x
          %1 : [4, 4] = parameter dense1.weight {Xavier}
          %2 : [N, 4] = Dense(%0, %1, _) {units=4}   ; dense1
          %3 : [N, 4] = Square(%2)   ; square1
          %4 : [N] = SampleSum(%3)   ; sum1
          %5 : [] = batchmean(%4)   ; mean1
          return output=%2, loss=%5 (loss)
        }
        """,
        "Dense1: 2 -> 2",
        "Square1: 3 -> 3",
        "Sum1: 4 -> 4",
        "Mean1: 5 -> 5");

    [Fact]
    public void The_gradient_of_an_activation_joins_that_of_the_anchor_behind_it()
    {
        var program = Pipeline.Compile(SampleGraphs.Get("LeNet"), ProgramMode.Train);
        var kernel = program.Kernels.Single(static k => k.Name == "Dense2Gradient");
        Assert.Equal(["dense2", "relu1"], kernel.Nodes.Select(static n => n.Name));
        Assert.True(kernel.Backward);
        Assert.Equal("the gradient of relu1 acts on dense2's gradient by x in registers: [N, 500], 2,000 bytes a sample, is never stored.", kernel.Reason);
        Assert.Equal("relu1 acts on dense1's result in registers: [N, 500], 2,000 bytes a sample, is never stored.", program.Kernels.Single(static k => k.Name == "Dense1").Reason);
    }

    [Fact]
    public void Kernels_are_named_after_layers()
    {
        var names = Pipeline.Compile(SampleGraphs.Get("Inception"), ProgramMode.Train).Kernels.Select(static k => k.Name).ToList();
        Assert.Contains("Inception1Conv1", names);
        Assert.Contains("Inception1Conv1Gradient", names);
        Assert.Contains("Inception1Conv1WeightGradient", names);
        Assert.Contains("Inception1Conv1BiasGradient", names);
        Assert.Contains("LossSeed", names);
    }

    [Fact]
    public void No_kernel_is_named_as_a_member_of_the_emitted_class()
    {
        var program = Pipeline.Compile(
            GraphParser.Parse("""
                network Awkward {
                  %0 : [N, 4] = input x
                  %1 : [N, 4] = Softmax(%0)   ; train
                  %2 : [N, 4] = Softmax(%1)   ; 3x3
                  %3 : [N, 4] = Softmax(%2)   ; 3X3
                  return output=%3
                }
                """),
            ProgramMode.Predict);
        Assert.Equal(["Train_2", "_3x3", "_3X3"], program.Kernels.Select(static k => k.Name));
    }

    /// <summary>Each kernel as its name, the results of its equations, and those that are stored.</summary>
    static void Fuses(string graph, params string[] kernels)
    {
        var program = Pipeline.Compile(GraphParser.Parse(graph), ProgramMode.Predict);
        PlanChecker.Check(program);
        Assert.Equal(kernels, program.Kernels.Select(static k => $"{k.Name}: {string.Join(' ', k.Nodes.Select(static n => n.Result))} -> {string.Join(' ', k.Stores)}"));
    }
}
