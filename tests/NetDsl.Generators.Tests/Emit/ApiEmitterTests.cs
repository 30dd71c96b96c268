using System.Reflection;
using NetDsl.Generators.Emit;
using NetDsl.Generators.Emit.Definitions;
using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;
using NetDsl.Generators.Tests.Ir;
using NetDsl.Runtime;

namespace NetDsl.Generators.Tests.Emit;

public class ApiEmitterTests
{
    /// <summary>What the other two files of a network declare.</summary>
    const string Kernels = """
        static class {0}Cpu
        {
            public static void Train<T>(NetDsl.Runtime.CpuWorker worker) where T : struct, NetDsl.Kernels.IMemoryLanes<T> { }
            public static void Predict<T>(NetDsl.Runtime.CpuWorker worker) where T : struct, NetDsl.Kernels.IMemoryLanes<T> { }
        }

        static class {0}Simt
        {
            public static NetDsl.Runtime.SimtProgram Create(bool training) => new([]);
        }
        """;

    [Theory]
    [MemberData(nameof(SampleGraphs.Names), MemberType = typeof(SampleGraphs))]
    public void Every_network_gets_a_class_that_compiles_and_a_definition_that_agrees_with_its_program(string name)
    {
        var graph = SampleGraphs.Get(name);
        var train = Pipeline.Compile(graph, ProgramMode.Train);
        var definition = Define(graph, train);

        Assert.Equal(graph.Inputs.Select(static i => i.Name), definition.Inputs.Select(static i => i.Name));
        Assert.Equal(graph.Parameters.Select(static p => (p.Path, (int)p.Type.Count)), definition.Parameters.Select(static p => (p.Path, p.Count)));
        Assert.Equal(train.ParameterOffsets, definition.Parameters.Select(static p => p.Offset));
        Assert.Equal(GraphPrinter.Print(graph).TrimEnd('\n'), definition.Graph);
        foreach (var program in new[] { definition.Train!, definition.Predict })
        {
            Assert.All([.. program.Outputs, .. program.Scalars, .. definition.Inputs.Where(i => program == definition.Train || !i.EvaluationOnly).Select(static i => i.Name)], value => program.Buffer(value));
        }

        Assert.Equal("loss", definition.Train!.Scalars[0]);
        Assert.Equal(train.Kernels.Select(static k => k.Name), definition.Train.Kernels.Select(static k => k.Name));
        Assert.True(definition.Bytes(training: true, 64) > definition.Bytes(training: false, 64));
    }

    [Fact]
    public void A_network_without_a_loss_cannot_be_trained()
    {
        var graph = GraphParser.Parse("""
            network Filter {
              %0 : [N, 4] = input class
              %1 : [N, 4] = Tanh(%0)   ; tanh1
              return output=%1
            }
            """);
        var text = ApiEmitter.Emit(graph, null, Pipeline.Compile(graph, ProgramMode.Predict));

        Assert.DoesNotContain("TrainStep", text, StringComparison.Ordinal);
        Assert.Contains("Predict(global::System.ReadOnlySpan<float> @class)", text, StringComparison.Ordinal);
        Assert.Null(Define(graph, null).Train);
    }

    [Fact]
    public void Labels_know_their_classes_and_what_is_ignored()
    {
        var graph = GraphParser.Parse("""
            network Pixels {
              %0 : [N, 21, 2, 2] = input image
              %1 : [N, 21, 2, 2] = input mask
              %2 : [N, 2, 2] = labels label
              %3 : [N, 21, 2, 2] = Tanh(%0)   ; tanh1
              %4 : [N, 21, 2, 2] = Multiply(%3, %1)   ; multiply1
              %5 : [N] = CrossEntropy(%4, %2) {C=21, ignoreLabel=255}   ; loss
              %6 : [] = batchmean(%5)   ; loss
              return output=%3, loss=%6 (loss)
            }
            """);
        var definition = Define(graph, Pipeline.Compile(graph, ProgramMode.Train));

        Assert.Equal((21, 255, true), (definition.Inputs[2].Classes, definition.Inputs[2].IgnoredLabel!.Value, definition.Inputs[2].EvaluationOnly));
        Assert.Equal([false, true], definition.Inputs.Take(2).Select(static i => i.EvaluationOnly));
    }

    [Fact]
    public void Names_that_mean_something_to_csharp_are_written_so_that_they_do_not()
    {
        var graph = GraphParser.Parse("""
            network Odd {
              %0 : [N, 4] = input solver
              %1 : [N, 4] = Tanh(%0)   ; a<b>"c"
              %2 : [N] = SquaredDistance(%1, %0)   ; loss
              %3 : [] = batchmean(%2)   ; loss
              return output=%1, loss=%3 (loss)
            }
            """);

        Assert.Contains("a<b>\"c\"", Define(graph, Pipeline.Compile(graph, ProgramMode.Train)).Layers[0].Name, StringComparison.Ordinal);
    }

    static NetworkDefinition Define(Graph graph, Program? train)
    {
        var predict = Pipeline.Compile(graph, ProgramMode.Predict);
        var (api, definition) = (ApiEmitter.Emit(graph, train, predict), DefinitionEmitter.Emit(graph, train, predict, predictBatch: null, hasWorkspace: false));
        var type = EmittedAssembly.Load(api, definition, Kernels.Replace("{0}", graph.Name, StringComparison.Ordinal)).GetType(graph.Name, throwOnError: true)!;
        Assert.Equal(graph.Parameters.Sum(static p => p.Type.Count.Value), type.GetField("ParameterCount")!.GetRawConstantValue());
        return (NetworkDefinition)type.GetProperty("Definition", BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)!.GetValue(null)!;
    }
}
