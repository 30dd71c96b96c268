using CsCheck;
using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;
using NetDsl.Generators.Tests.Ir;

namespace NetDsl.Generators.Tests.Passes;

public class BufferAssignmentTests
{
    [Theory]
    [MemberData(nameof(SampleGraphs.Names), MemberType = typeof(SampleGraphs))]
    public void No_live_value_of_a_network_is_overwritten(string name)
    {
        foreach (var layout in new[] { Generators.Ir.Layout.Samples, Generators.Ir.Layout.Channels })
        {
            PlanChecker.Check(Pipeline.Compile(SampleGraphs.Get(name), ProgramMode.Train, layout: layout));
            PlanChecker.Check(Pipeline.Compile(SampleGraphs.Get(name), ProgramMode.Predict, layout: layout));
        }
    }

    [Fact]
    public void No_live_value_of_a_random_network_is_overwritten() =>
        Gen.UInt.Array[0, 80].Sample(
            static choices =>
            {
                var graph = RandomGraph.From(choices);
                foreach (var layout in new[] { Generators.Ir.Layout.Samples, Generators.Ir.Layout.Channels })
                {
                    PlanChecker.Check(Pipeline.Compile(graph, ProgramMode.Train, static (_, g) => GraphVerifier.Verify(g), layout));
                    PlanChecker.Check(Pipeline.Compile(graph, ProgramMode.Predict, static (_, g) => GraphVerifier.Verify(g), layout));
                }
            },
            iter: 300,
            threads: 1);

    [Fact]
    public void Operands_of_a_concat_are_computed_into_it_and_reshapes_are_views()
    {
        var program = Pipeline.Compile(SampleGraphs.Get("Inception"), ProgramMode.Predict, layout: Generators.Ir.Layout.Samples);
        var concat = Named(program, "inception1.concat1");
        Assert.Equal(
            [(concat.Value, concat.Offset), (concat.Value, concat.Offset + 128), (concat.Value, concat.Offset + 320)],
            new[] { "inception1.relu1", "inception1.relu2", "inception1.maxpool1" }.Select(n => (Named(program, n).Alias, Named(program, n).Offset)));
        Assert.Equal((concat.Value, concat.Offset), (Named(program, "flatten1").Alias, Named(program, "flatten1").Offset));
        Assert.DoesNotContain(program.Kernels, static k => k.Nodes[0].Operator.Class == OperatorClass.Movement);
    }

    [Fact]
    public void An_operand_that_cannot_lie_in_a_concat_is_copied()
    {
        var program = Compile("""
            network Copied {
              %0 : [N, 2] = input x
              %1 : [N, 2] = Softmax(%0)   ; softmax1
              %2 : [N, 4] = concat(%0, %1) {axis=0}   ; concat1
              %3 : [N, 4] = concat(%1, %1) {axis=0}   ; concat2
              return a=%2, b=%3
            }
            """);
        Assert.Equal(["Softmax1", "Concat1", "Concat2"], program.Kernels.Select(static k => k.Name));
        Assert.Equal(program.BufferOf(2).Offset + 2, program.BufferOf(1).Offset);
    }

    [Fact]
    public void A_movement_on_an_inner_axis_is_copied()
    {
        var program = Compile("""
            network Inner {
              %0 : [N, 2, 2] = input x
              %1 : [N, 2, 2] = Softmax(%0)   ; softmax1
              %2 : [N, 2, 1] = slice(%1) {axis=1, start=1, length=1}   ; slice1
              %3 : [N, 2, 3] = concat(%1, %2) {axis=1}   ; concat1
              return output=%3
            }
            """);
        Assert.Equal(["Softmax1", "Slice1", "Concat1"], program.Kernels.Select(static k => k.Name));
    }

    [Fact]
    public void An_elementwise_kernel_writes_over_an_operand_that_dies()
    {
        var program = Compile("""
            network InPlace {
              %0 : [N, 4] = input x
              %1 : [N, 4] = Softmax(%0)   ; softmax1
              %2 : [N, 4] = Tanh(%1)   ; tanh1
              %3 : [N, 4] = Softmax(%2)   ; softmax2
              return output=%3
            }
            """);
        Assert.Equal(program.BufferOf(1).Offset, program.BufferOf(2).Offset);
        Assert.Equal(12, program.SampleSize);
    }

    [Fact]
    public void An_operand_is_not_written_over_before_its_last_reader()
    {
        var program = Compile("""
            network ReadTwice {
              %0 : [N, 4] = input x
              %1 : [N, 4] = Softmax(%0)   ; softmax1
              %2 : [N, 4] = Tanh(%1)   ; tanh1
              %3 : [N, 4] = Multiply(%2, %1)   ; multiply1
              return a=%2, b=%3
            }
            """);
        Assert.Equal(["Softmax1", "Tanh1"], program.Kernels.Select(static k => k.Name));
        Assert.NotEqual(program.BufferOf(1).Offset, program.BufferOf(2).Offset);
        Assert.Equal(program.BufferOf(1).Offset, program.BufferOf(3).Offset);
    }

    [Fact]
    public void Inputs_and_results_outlive_the_last_kernel()
    {
        var program = Compile("""
            network Kept {
              %0 : [N, 4] = input x
              %1 : [N, 4] = Softmax(%0)   ; softmax1
              %2 : [N, 4] = Add(%0, %1)   ; add1
              return a=%1, b=%2
            }
            """);
        Assert.Equal(12, program.SampleSize);
    }

    [Fact]
    public void A_sum_of_weight_gradients_needs_the_gradient_and_one_addend()
    {
        var program = Pipeline.Compile(SampleGraphs.Get("Lstm"), ProgramMode.Train);
        var addends = program.Buffers.Where(static b => b.Name.StartsWith("d hidden.weight", StringComparison.Ordinal)).ToList();
        Assert.Equal(5, addends.Count);
        Assert.Equal(2, addends.Select(static b => (b.Space, b.Offset)).Distinct().Count());
    }

    static Program Compile(string text)
    {
        var program = Pipeline.Compile(GraphParser.Parse(text), ProgramMode.Predict, layout: Generators.Ir.Layout.Samples);
        PlanChecker.Check(program);
        return program;
    }

    static Generators.Ir.Buffer Named(Program program, string name) => program.Buffers.Single(b => b.Name == name);
}
