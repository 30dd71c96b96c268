using CsCheck;
using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;
using NetDsl.Generators.Tests.Ir;

namespace NetDsl.Generators.Tests.Passes;

public class GradientValueTests
{
    const double Step = 1e-4;

    [Fact]
    public void Gradients_of_random_networks_agree_with_differences_of_their_loss() =>
        Gen.UInt.Array[0, 40].Sample(static choices => Check(RandomGraph.From(choices)), iter: 200, threads: 1);

    static void Check(Graph graph)
    {
        var evaluation = new GradientEvaluation(graph);
        var given = evaluation.Given();
        var forward = (graph, evaluation.Run(given));
        var differentiated = Gradient.Run(graph);
        GraphVerifier.Verify(differentiated);
        var compiled = Pipeline.Compile(graph, ProgramMode.Train).Graph;
        var (gradients, compiledGradients) = (new GradientEvaluation(differentiated).Run(given, forward), new GradientEvaluation(compiled).Run(given, forward));
        foreach (var parameter in graph.Parameters.Where(static p => !p.Frozen))
        {
            var expected = Differences(graph, given, parameter.Value);
            AssertClose(parameter.Path, expected, gradients[Result(differentiated, parameter.Path)]);
            AssertClose(parameter.Path, expected, compiledGradients[Result(compiled, parameter.Path)]);
        }
    }

    static double[] Differences(Graph graph, Dictionary<int, double[]> given, int parameter)
    {
        var evaluation = new GradientEvaluation(graph);
        var values = given[parameter];
        var differences = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            values[i] = value + Step;
            var above = Loss();
            values[i] = value - Step;
            var below = Loss();
            values[i] = value;
            differences[i] = (above - below) / (2 * Step);
        }

        return differences;

        double Loss() => evaluation.Run(given)[graph.Results.First(static r => r.Kind == ResultKind.Loss).Value][0];
    }

    static int Result(Graph graph, string parameter) => graph.Results.First(r => r.Kind == ResultKind.Gradient && r.Name == parameter).Value;

    static void AssertClose(string parameter, double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = Math.Max(1, expected.Max(Math.Abs));
        for (var i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - actual[i]) <= 1e-5 * scale))
            {
                Assert.Fail($"d {parameter}[{i}] is {actual[i]}; the loss says {expected[i]}");
            }
        }
    }
}
