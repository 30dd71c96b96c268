using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Tests.Frontend;

/// <summary>The networks of the repository, as graphs.</summary>
public class NetworkGraphTests
{
    [Theory]
    [InlineData("LeNet", 431_080)]
    [InlineData("CifarQuick", 145_578)]
    [InlineData("SmallInception", 37_848)]
    [InlineData("SiameseMnist", 431_102)]
    [InlineData("LstmClassifier", 132_874)]
    public void Every_network_becomes_a_valid_graph(string name, int parameters)
    {
        var graph = Project.Graph(Project.Zoo(name));
        GraphVerifier.Verify(graph);
        Assert.Equal(parameters, graph.Parameters.Sum(static p => p.Type.Count.Value));
    }
}
