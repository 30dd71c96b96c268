using NetDsl.Generators.Emit;
using NetDsl.Generators.Emit.Cpu;
using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;
using NetDsl.Generators.Tests.Ir;

namespace NetDsl.Generators.Tests.Emit;

public class MovementEmitterTests
{
    [Fact]
    public void An_operand_at_an_equal_offset_of_another_memory_is_copied() => Assert.Equal(2, Copies("""
        network Apart {
          %0 : [4] = parameter p {Zeros}
          %1 : [4] = parameter q {Zeros}
          %2 : [8] = concat(%0, %1) {axis=0}   ; concat1
          return output=%2
        }
        """));

    [Fact]
    public void Only_the_operand_that_is_not_in_its_place_is_copied() => Assert.Equal(1, Copies("""
        network Twice {
          %0 : [N, 4] = input x
          %1 : [N, 4] = Tanh(%0)   ; tanh1
          %2 : [N, 8] = concat(%1, %1) {axis=0}   ; concat1
          return output=%2
        }
        """));

    static int Copies(string text)
    {
        var graph = GraphParser.Parse(text);
        var shared = new SharedMembers();
        CpuKernelEmitter.Emit(graph, null, Pipeline.Compile(graph, ProgramMode.Predict, layout: Generators.Ir.Layout.Samples), null, shared);
        return string.Concat(shared.All.Select(static m => m.Text)).Split("MemoryCopy").Length - 1;
    }
}
