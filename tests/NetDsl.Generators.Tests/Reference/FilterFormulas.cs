using NetDsl.Generators.Ir;
using NetDsl.Kernels;
using static NetDsl.Generators.Tests.Reference.ScalarFormulas;

namespace NetDsl.Generators.Tests.Reference;

/// <summary>
/// The Gaussian filters of the reference: the lattice's own matrix, element by element, so that gradients are compared with differences of the lattice
/// filter. What the lattice is worth is tested against exact sums elsewhere.
/// </summary>
static class FilterFormulas
{
    public static double[]? Evaluate(Node node, double[]?[] x) => node.Operator.Name switch
    {
        "SpatialFilter" => Filter(node, x[0]!, [], 1),
        "BilateralFilter" => Filter(node, x[0]!, x[1]!, Number(node, "colour")),
        _ => null,
    };

    static double[] Filter(Node node, double[] x, double[] image, double colour)
    {
        var (width, points) = (node.Integer("W"), node.Integer("H") * node.Integer("W"));
        var position = (float)Number(node, "position");
        var features = Enumerable.Range(0, points).SelectMany(i => new[] { i % width / position, i / width / position }
            .Concat(Enumerable.Range(0, image.Length / points).Select(c => (float)image[c * points + i] / (float)colour))).ToArray();
        var lattice = new PermutohedralLattice();
        lattice.Build(features, features.Length / points);

        var columns = new float[points][];
        for (var j = 0; j < points; j++)
        {
            columns[j] = new float[points];
            columns[j][j] = 1;
            lattice.Filter(columns[j], columns[j], 1);
        }

        return [.. x.Select((_, i) => Enumerable.Range(0, points).Sum(j => columns[j][i % points] * x[i / points * points + j]))];
    }
}
