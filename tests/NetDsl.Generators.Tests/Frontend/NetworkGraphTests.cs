namespace NetDsl.Generators.Tests.Frontend;

/// <summary>The networks of the repository, as graphs.</summary>
public class NetworkGraphTests
{
    [Fact]
    public void LeNet()
    {
        var graph = Project.Graph(Project.File("networks/LeNet.cs"));
        foreach (var n in graph.Nodes) { Console.WriteLine($"%{n.Result} {n.Type} = {n.Operator.Name}({string.Join(",", n.Operands)}) {{{string.Join(", ", n.Constants.Select(c => c.Name + "=" + c.Literal))}}} ; {n.Name} {n.MultiplyAdds}"); }
        foreach (var p in graph.Parameters) { Console.WriteLine(p); }
        foreach (var n in graph.Nodes.Select(n => n.Operator).Distinct()) { Console.WriteLine(n.Name); foreach (var m in n.Members) { Console.WriteLine($"  {m.Target} {m.Form} {m.Method} {string.Join(",", m.Reads)} | {string.Join(" ", m.Arguments.Select(a => a.Parameter + ":" + a.Kind + a.Axis))} | {m.Expression}"); } }
        Assert.Equal(431080, graph.Parameters.Sum(static p => p.Type.Count));
    }
}
