using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Tests.Ir;

public class GraphPrinterTests
{
    [Theory]
    [MemberData(nameof(SampleGraphs.Names), MemberType = typeof(SampleGraphs))]
    public void What_is_printed_parses_to_the_same_graph(string name)
    {
        var graph = SampleGraphs.Get(name);
        Assert.Equal(graph, GraphParser.Parse(GraphPrinter.Print(graph)));
    }

    [Fact]
    public void Every_fact_of_a_parameter_is_printed()
    {
        var parameter = new Parameter(3, "conv1.bias", TensorType.Uniform(20), "Constant", 0.1f, 2, 0, Frozen: true);
        Assert.Equal("%3 : [20] = parameter conv1.bias {Constant(0.1), learningRate=2, weightDecay=0, frozen}", GraphPrinter.Print(parameter));
    }

    [Fact]
    public void A_gradient_is_printed_as_its_operator_and_operand()
    {
        var node = new Node(9, TensorType.Uniform(20, 1, 5, 5), TestOperators.All["Conv"], "weight", [0, 7], [new("stride", "1")], "conv1", 288000);
        Assert.Equal("%9 : [20, 1, 5, 5] = Conv.weight'(%0, %7) {stride=1}   ; conv1, 288000 multiply-adds", GraphPrinter.Print(node));
    }

    [Fact]
    public void An_absent_weight_is_printed_as_a_blank()
    {
        var node = new Node(2, TensorType.Sample(10), TestOperators.All["Dense"], "", [0, 1, -1], [], "dense1");
        Assert.Equal("%2 : [N, 10] = Dense(%0, %1, _)   ; dense1", GraphPrinter.Print(node));
    }
}
