using CsCheck;
using NetDsl.Runtime;
using static NetDsl.Generators.Tests.Conformance.GoldenNetwork;
using static NetDsl.Generators.Tests.Conformance.Loops;

namespace NetDsl.Generators.Tests.Conformance;

/// <summary>
/// Corners of layers that no golden value covers, against plain loops over the indices of Caffe's definitions (<see cref="Loops"/>), which share nothing with the reference of the operators' tests: values,
/// gradients by the input and by parameters, on every road.
/// </summary>
public class LoopTests
{
    const int Batch = 2;

    /// <summary>A stage on <c>x</c>, and what it makes of one sample with the parameters it finds by name.</summary>
    sealed record Layer(string Stage, Func<double[], Func<string, double[]>, double[]> Loop);

    [Fact]
    public void Convolutions()
    {
        Layer Conv(string name, int filters, (int, int) kernel, (int, int) stride, (int, int) padding, (int, int) dilation, int group, bool bias) =>
            Convolve((4, 9, 8), name, filters, kernel, stride, padding, dilation, group, bias);
        Agree(
            [4, 9, 8],
            Conv("a", 6, (3, 2), (2, 3), (1, 0), (2, 3), 2, true),
            Conv("b", 4, (2, 3), (1, 2), (3, 2), (3, 1), 4, false),
            Conv("c", 8, (5, 1), (3, 1), (2, 2), (1, 1), 4, true),
            Conv("d", 2, (9, 8), (1, 1), (0, 0), (1, 1), 1, true),
            Conv("e", 3, (1, 1), (4, 5), (0, 0), (1, 1), 1, false),
            Conv("f", 4, (3, 3), (2, 2), (6, 5), (4, 2), 2, true),
            Conv("g", 16, (3, 3), (1, 1), (1, 1), (1, 1), 2, true));
    }

    [Fact]
    public void Deconvolutions()
    {
        Layer Deconv(string name, int filters, (int, int) kernel, (int, int) stride, (int, int) padding, (int, int) dilation, int group, bool bias) =>
            Deconvolve((4, 4, 5), name, filters, kernel, stride, padding, dilation, group, bias);
        Agree(
            [4, 4, 5],
            Deconv("a", 6, (3, 2), (2, 3), (1, 0), (2, 3), 2, true),
            Deconv("b", 4, (4, 4), (2, 2), (1, 1), (1, 1), 4, false),
            Deconv("c", 8, (5, 1), (3, 1), (2, 0), (1, 1), 4, true),
            Deconv("d", 2, (2, 3), (3, 4), (0, 1), (2, 1), 1, true),
            Deconv("e", 3, (3, 3), (1, 1), (2, 2), (2, 2), 1, false));
    }

    [Fact]
    public void Poolings()
    {
        (((int, int), (int, int), (int, int)), bool)[] windows =
        [
            (((3, 3), (2, 2), (0, 0)), false), (((3, 3), (2, 2), (0, 0)), true), (((2, 3), (3, 2), (1, 2)), false), (((3, 2), (2, 3), (2, 1)), false), (((3, 4), (3, 1), (1, 3)), true),
            (((8, 7), (1, 1), (0, 0)), false), (((5, 5), (4, 3), (4, 4)), false), (((2, 2), (2, 2), (1, 1)), false), (((1, 1), (1, 1), (0, 0)), false), (((4, 3), (2, 2), (2, 0)), false),
        ];
        Agree([3, 8, 7], [.. windows.SelectMany(window => new[] { true, false }.Select(max => Pool((3, 8, 7), max, window.Item1.Item1, window.Item1.Item2, window.Item1.Item3, window.Item2)))]);
    }

    /// <summary>Windows, steps, borders and groups as chance has them, ten layers to a network.</summary>
    [Fact]
    public void Whatever_fits() => Gen.Select(Gen.Int[1, 3], Gen.Int[3, 9], Gen.Int[3, 9], Window.Array[10]).Sample(
        static (half, h, w, windows) =>
        {
            var shape = (2 * half, h, w);
            Agree([2 * half, h, w], [.. windows.Select((window, i) => Fitting(shape, $"l{i}", i, window))]);
        },
        iter: 3,
        threads: 1);

    /// <summary>A kernel, and what lies behind it: a stride, a padding, a dilation, a number of filters for each group, and which number of groups.</summary>
    static Gen<((int, int) Kernel, (int, int) Stride, (int, int) Padding, (int, int) Dilation, int Filters, int Group)> Window => Gen.Select(
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4]), Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3]), Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3]), Gen.Select(Gen.Int[1, 2], Gen.Int[1, 2]), Gen.Int[1, 3], Gen.Int[0, 2]);

    /// <summary>The layer that is nearest to what chance asks for among those that fit.</summary>
    static Layer Fitting(
        (int C, int H, int W) shape, string name, int kind, ((int H, int W) Kernel, (int H, int W) Stride, (int H, int W) Padding, (int H, int W) Dilation, int Filters, int Group) window)
    {
        var group = window.Group == 0 ? 1 : window.Group == 1 ? 2 : shape.C;
        var kernel = (H: Math.Min(window.Kernel.H, shape.H), W: Math.Min(window.Kernel.W, shape.W));
        var taps = (H: (window.Dilation.H * (kernel.H - 1)) + 1, W: (window.Dilation.W * (kernel.W - 1)) + 1);
        var dilation = (taps.H <= shape.H ? window.Dilation.H : 1, taps.W <= shape.W ? window.Dilation.W : 1);
        var inside = (H: Math.Min(window.Padding.H, kernel.H - 1), W: Math.Min(window.Padding.W, kernel.W - 1));
        return (kind % 4) switch
        {
            0 => Convolve(shape, name, group * window.Filters, kernel, window.Stride, window.Padding, dilation, group, bias: window.Filters != 2),
            // Its padding cuts off a part of the result, never all of it.
            1 => Deconvolve(shape, name, group * window.Filters, kernel, window.Stride, inside, dilation, group, bias: window.Filters != 2),
            // A step is no longer than the window, so that none lies outside.
            var pooling => Pool(shape, pooling == 2, kernel, (Math.Min(window.Stride.H, kernel.H), Math.Min(window.Stride.W, kernel.W)), inside, window.Filters == 1),
        };
    }

    static Layer Convolve(
        (int C, int H, int W) shape, string name, int filters, (int H, int W) kernel, (int H, int W) stride, (int H, int W) padding, (int H, int W) dilation, int group, bool bias) => new(
        $"Conv({filters}, {kernel}, {stride}, {padding}, {dilation}, {group}, {(bias ? "true" : "false")}, \"{name}\")(x)",
        (x, p) => Convolution(x, shape, p($"{name}.weight"), bias ? p($"{name}.bias") : null, filters, kernel, stride, padding, dilation, group));

    static Layer Deconvolve(
        (int C, int H, int W) shape, string name, int filters, (int H, int W) kernel, (int H, int W) stride, (int H, int W) padding, (int H, int W) dilation, int group, bool bias) => new(
        $"ConvTranspose({filters}, {kernel}, {stride}, {padding}, {dilation}, {group}, {(bias ? "true" : "false")}, \"{name}\")(x)",
        (x, p) => Deconvolution(x, shape, p($"{name}.weight"), bias ? p($"{name}.bias") : null, filters, kernel, stride, padding, dilation, group));

    static Layer Pool((int C, int H, int W) shape, bool max, (int H, int W) kernel, (int H, int W) stride, (int H, int W) padding, bool floor) => new(
        $"{(max ? "MaxPool" : "AvgPool")}({kernel}, {stride}, {padding}, Rounding.{(floor ? "Floor" : "Ceiling")})(x)",
        (x, _) => Pooling(x, shape, max, kernel, stride, padding, floor));

    [Fact]
    public void Local_response_normalisations()
    {
        var shape = (C: 6, H: 4, W: 5);
        Agree(
            [6, 4, 5],
            [
                .. new[] { (1, 0.5, 0.75, 1.0), (3, 2.0, 0.5, 2.0), (5, 1.0, 0.75, 1.0), (7, 0.7, 1.3, 0.5), (13, 3.0, 0.75, 1.0) }.Select(a => new Layer(
                FormattableString.Invariant($"LRN({a.Item1}, {a.Item2}f, {a.Item3}f, {a.Item4}f)(x)"), (x, _) => LrnAcross(x, shape, a.Item1, a.Item2, a.Item3, a.Item4))),
                .. new[] { (1, 0.5, 0.75), (3, 2.0, 0.5), (5, 1.0, 0.75), (9, 1.5, 1.25) }.Select(a => new Layer(
                FormattableString.Invariant($"LRN({a.Item1}, {a.Item2}f, {a.Item3}f, 7, LrnRegion.WithinChannel)(x)"), (x, _) => LrnWithin(x, shape, a.Item1, a.Item2, a.Item3))),
            ]);
    }

    [Fact]
    public void Interpolations()
    {
        var shape = (2, 4, 3);
        Agree(
            [2, 4, 3],
            [
                .. new[] { (1, 1), (4, 3), (7, 5), (2, 9), (10, 1) }.Select(size => new Layer($"Interp({size.Item1}, {size.Item2})(x)", (x, _) => Interpolation(x, shape, size.Item1, size.Item2))),
                new("Interp(zoom: 4)(x)", (x, _) => Interpolation(x, shape, 13, 9)),
            ]);
    }

    [Fact]
    public void Reductions_and_normalisations()
    {
        int[] shape = [3, 2, 4];
        Agree(
            shape,
            [
                .. from operation in new[] { "Sum", "AbsoluteSum", "SquareSum", "Mean" }
                   from axis in new[] { 1, 2, 3 }
                   select new Layer($"Reduction(ReductionOperation.{operation}, {axis}, -1.5f)(x)", (x, _) => Reduction(x, shape, operation, axis, -1.5)),
                new("MVN(true, false, 0.01f)(x)", (x, _) => Mvn(x, 3, 8, true, 0.01)),
                new("MVN(false, false)(x)", (x, _) => Mvn(x, 3, 8, false, 0)),
                new("MVN(true, true, 0.1f)(x)", (x, _) => Mvn(x, 1, 24, true, 0.1)),
                new("MVN(false, true)(x)", (x, _) => Mvn(x, 1, 24, false, 0)),
                new("Normalize(true, 0.01f)(x)", (x, _) => L2(x, 3, 8, across: true, 0.01)),
                new("Normalize(false, 0.01f)(x)", (x, _) => L2(x, 3, 8, across: false, 0.01)),
                new("(Normalize(false, 0.01f) >> Scale(name: \"s\"))(x)", (x, p) => [.. L2(x, 3, 8, across: false, 0.01).Select((y, i) => y * p("s.weight")[i / 8])]),
            ]);
    }

    [Fact]
    public void Rows_columns_and_pieces()
    {
        Agree(
            [3, 4, 5],
            new("Permute(3, 1, 2)(x)", (x, _) => Gather([5, 3, 4], i => x[(((i[1] * 4) + i[2]) * 5) + i[0]])),
            new("Permute(2, 3, 1)(x)", (x, _) => Gather([4, 5, 3], i => x[(((i[2] * 4) + i[0]) * 5) + i[1]])),
            new("Tile(1, 2)(x)", (x, _) => Gather([6, 4, 5], i => x[(((i[0] % 3 * 4) + i[1]) * 5) + i[2]])),
            new("Tile(3, 3)(x)", (x, _) => Gather([3, 4, 15], i => x[(((i[0] * 4) + i[1]) * 5) + (i[2] % 5)])),
            new("Concat([Slice(x, 2, 1), Slice(x, 0, 2)], axis: 1)", (x, _) => Gather([3, 4, 5], i => x[((((i[0] + 2) % 3 * 4) + i[1]) * 5) + i[2]])),
            new("Slice(x, 1, 3, axis: 3)", (x, _) => Gather([3, 4, 3], i => x[(((i[0] * 4) + i[1]) * 5) + i[2] + 1])),
            new("Crop(x, Slice(Slice(x, 0, 2, axis: 2), 0, 3, axis: 3), 2, 1, 2)", (x, _) => Gather([3, 2, 3], i => x[(((i[0] * 4) + i[1] + 1) * 5) + i[2] + 2])),
            new("Crop(x, Slice(Slice(x, 0, 2, axis: 1), 0, 2, axis: 2), 1, 1, 2, 0)", (x, _) => Gather([2, 2, 5], i => x[((((i[0] + 1) * 4) + i[1] + 2) * 5) + i[2]])),
            new("Pad(1, 0, 2, 1, value: 0.5f)(x)", (x, _) => Gather([3, 5, 8], i => i[1] >= 1 && i[2] is >= 2 and < 7 ? x[(((i[0] * 4) + i[1] - 1) * 5) + i[2] - 2] : 0.5)),
            new("Sum([2, -1.5f, 0.5f], x, Tanh(x), x)", (x, _) => [.. x.Select(static v => (2.5 * v) - (1.5 * Math.Tanh(v)))]),
            new("Product(x, Tanh(x), x)", (x, _) => [.. x.Select(static v => v * Math.Tanh(v) * v)]),
            new("Max(0.5f * x, Tanh(x), -1f * x)", (x, _) => [.. x.Select(static v => Math.Max(Math.Max(0.5 * v, Math.Tanh(v)), -v))]),
            new("PReLU(name: \"p\")(x)", (x, p) => [.. x.Select((v, i) => v > 0 ? v : p("p.weight")[i / 20] * v)]),
            new("PReLU(shared: true, name: \"q\")(x)", (x, p) => [.. x.Select(v => v > 0 ? v : p("q.weight")[0] * v)]),
            new("Scale(bias: true, name: \"c\")(x)", (x, p) => [.. x.Select((v, i) => (v * p("c.weight")[i / 20]) + p("c.bias")[i / 20])]),
            new("x * Parameter([3, 4, 5], name: \"f\")(x) + Parameter([3, 4, 5], name: \"t\")(x)", (x, p) => [.. x.Select((v, i) => (v * p("f.weight")[i]) + p("t.weight")[i])]),
            new("Dense(4, axis: 3, name: \"d\")(x)", (x, p) => Gather([3, 4, 4], i => p("d.bias")[i[2]] + Enumerable.Range(0, 5).Sum(k => p("d.weight")[(i[2] * 5) + k] * x[(((i[0] * 4) + i[1]) * 5) + k]))),
            new("Dense(4, axis: 2, bias: false, name: \"e\")(x)", (x, p) => Gather([3, 4], i => Enumerable.Range(0, 20).Sum(k => p("e.weight")[(i[1] * 20) + k] * x[(i[0] * 20) + k]))));
    }

    /// <summary>Runs all stages as one network, whose loss is half the sum of their squares.</summary>
    static void Agree(int[] shape, params Layer[] layers)
    {
        var results = Enumerable.Range(0, layers.Length).Select(static i => $"Tensor y{i}").ToList();
        var roads = OnEveryRoad($$"""
            static ({{string.Join(", ", results)}}) Forward([Shape(Batch)] Labels row)
            {
                var x = {{Rows("x", [Batch, .. shape])}};
                return ({{string.Join(",\n", layers.Select(static l => l.Stage))}});
            }

            static Tensor Loss({{string.Join(", ", results)}}) => {{string.Join(" + ", layers.Select(static (_, i) => $"BatchSum(SampleSum(Reshape(0.5f * y{i} * y{i}, [-1])))"))}};
            """);
        var random = new Random(11);
        double[] values = [.. Enumerable.Range(0, Batch * shape.Aggregate(1, static (a, b) => a * b)).Select(_ => (double)(float)((random.NextDouble() * 2) - 1))];
        foreach (var road in roads)
        {
            road.Run(Batch, network => Compare(road, network, layers, values), ("x", values));
        }
    }

    static void Compare(GoldenNetwork road, Network network, Layer[] layers, double[] x)
    {
        var random = new Random(12);
        var parameters = network.Parameters.Where(static p => p.Name != "x.weight").ToDictionary(static p => p.Name, p =>
        {
            double[] drawn = [.. Enumerable.Range(0, p.Data.Length).Select(_ => (double)(float)(random.NextDouble() - 0.5))];
            drawn.Select(static v => (float)v).ToArray().CopyTo(p.Data);
            return drawn;
        });

        network.RunPrediction();
        for (var i = 0; i < layers.Length; i++)
        {
            road.Close([.. Samples(x).SelectMany(sample => layers[i].Loop(sample, name => parameters[name]))], network.Output($"y{i}"));
        }

        double Loss() => layers.SelectMany(layer => Samples(x).SelectMany(sample => layer.Loop(sample, name => parameters[name]))).Sum(static y => 0.5 * y * y);
        Assert.Equal(Loss(), network.StepGradients(), 1e-4 * Math.Max(1, Loss()));
        foreach (var (name, numbers) in parameters.Append(new("x.weight", x)))
        {
            var gradient = network.Parameters[name].Gradient.ToArray();
            var scale = gradient.Max(Math.Abs);
            foreach (var i in Enumerable.Range(0, Math.Min(numbers.Length, 24)).Select(n => (int)((long)n * numbers.Length / Math.Min(numbers.Length, 24))))
            {
                var (kept, step) = (numbers[i], 1e-6);
                numbers[i] = kept + step;
                var more = Loss();
                numbers[i] = kept - step;
                var slope = (more - Loss()) / (2 * step);
                numbers[i] = kept;
                Assert.True(Math.Abs(slope - gradient[i]) <= 1e-4 * Math.Max(1, scale), $"The gradient by {name}[{i}] is {gradient[i]}, but should be {slope}");
            }
        }
    }

    static IEnumerable<double[]> Samples(double[] x) => x.Chunk(x.Length / Batch);
}
