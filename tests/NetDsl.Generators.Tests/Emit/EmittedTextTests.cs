using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;
using NetDsl.Generators.Tests.Frontend;

namespace NetDsl.Generators.Tests.Emit;

/// <summary>What a user can read of a compiled network: the graph, the plan and the emitted files, as committed text.</summary>
public class EmittedTextTests
{
    [Theory]
    [InlineData("LeNet"), InlineData("SmallInception")]
    public void Network(string name)
    {
        var graph = Project.Graph(Project.Zoo(name));
        var files = EmittedNetwork.Emit(graph).ToDictionary(static f => f.HintName, static f => f.Text);

        Snapshots.Match($"{name}.graph", GraphPrinter.Print(graph));
        Snapshots.Match($"{name}.plan", ProgramPrinter.Print(Pipeline.Compile(graph, ProgramMode.Train)));
        Snapshots.Match($"{name}.api", files[$"NetDsl.Networks.{name}.g.cs"]);
        Snapshots.Match($"{name}.definition", files[$"NetDsl.Networks.{name}.Definition.g.cs"]);
        Snapshots.Match($"{name}.kernels", files[$"NetDsl.Networks.{name}.Kernels.g.cs"]);
        Snapshots.Match($"{name}.simt", files[$"NetDsl.Networks.{name}.Simt.g.cs"]);
        Snapshots.Match($"{name}.shared", files["NetDsl.Emitted.CpuKernels.g.cs"]);
    }

    [Theory]
    [InlineData("LeNet"), InlineData("LstmClassifier")]
    public void The_same_network_gives_the_same_bytes_which_name_no_machine(string name)
    {
        var source = Project.Zoo(name)[0];
        var first = EmittedNetwork.Emit(Project.Graph(source));
        var second = EmittedNetwork.Emit(Project.Graph(source));

        Assert.Equal(first, second);
        foreach (var text in first.Select(static f => f.Text))
        {
            Assert.DoesNotContain('\r', text);
            Assert.DoesNotContain(source.Path, text, StringComparison.Ordinal);
            Assert.All(text.Split('\n'), static line => Assert.Equal(line.TrimEnd(), line));
        }
    }
}
