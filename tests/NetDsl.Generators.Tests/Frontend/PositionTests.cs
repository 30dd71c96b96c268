using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Tests.Frontend;

/// <summary>Offsets that the compiler works out. Caffe's own are those that pycaffe's <c>coord_map.py</c> finds.</summary>
public class PositionTests
{
    /// <summary>The published networks of Long et al. state these numbers in their prototxts.</summary>
    [Theory]
    [InlineData("Fcn32s", "19")]
    [InlineData("Fcn16s", "5 27")]
    [InlineData("Fcn8s", "5 9 31")]
    [InlineData("Fcn8sAtOnce", "5 9 31")]
    [InlineData("FcnAlexNet", "18")]
    [InlineData("CrfRnn", "5 9 31")]
    [InlineData("UNet", "4 16 40 88")]
    public void Crops_of_the_zoo_begin_where_the_papers_say(string network, string offsets) => Assert.Equal(offsets, Offsets(Project.Graph(Project.Zoo(network))));

    [Theory]
    // A window's middle: 2 rows and columns are lost on each side.
    [InlineData("x | Conv(4, kernel: 5, padding: 9) | Crop(x)", "7")]
    [InlineData("x | Conv(4, kernel: 3, dilation: 2, padding: 5) | Crop(x)", "3")]
    [InlineData("x | Conv(4, kernel: (3, 5), padding: (4, 4)) | Crop(x)", "3/2")]
    [InlineData("Crop(x | Conv(4, kernel: 5))(x)", "2")]
    [InlineData("x | AvgPool(3, stride: 1, padding: 2) | Pad(1) | Crop(x)", "2")]
    [InlineData("x | Im2Col(3, padding: 2) | Crop(x)", "1")]
    [InlineData("Crop(x | StochasticPool(3, stride: 1))(x)", "1")]
    // A stride of 3 has no exact reciprocal.
    [InlineData("x | MaxPool(3, padding: 2) | ConvTranspose(3, kernel: 5, stride: 3) | Crop(x)", "3")]
    [InlineData("x | Pad(4) | Upsample(2) | MaxPool(2) | Crop(x)", "4")]
    // Aligned corners: three new pixels between two.
    [InlineData("x | Pad(4) | MaxPool(1, stride: 4, rounding: Rounding.Floor) | Interp(zoom: 4) | Crop(x)", "4")]
    // Everything that keeps its axes keeps its place.
    [InlineData("x | Pad(3) | ReLU | LRN(3) | Softmax | BatchNorm() | Scale() | Dropout(0.5f) | Crop(x)", "3")]
    // A slice and a concatenation move what they take.
    [InlineData("Concat([x, x], axis: 2) | Crop(x)", "0")]
    [InlineData("Slice(Pad(5)(x), 2, 12, axis: 3) | Crop(x)", "2/5/3")]
    [InlineData("Concat([x, x | Pad(0)]) | Crop(Slice(x, 1, 2, axis: 2))", "1/0")]
    // The tensor that both are computed from may be computed itself.
    [InlineData("(x | Conv(4, kernel: 4)) is var y ? y | Pad(2) | Crop(y) : x", "2")]
    [InlineData("(x | Pad(1)) + (x | Conv(3, kernel: 1, padding: 1)) | Crop(x)", "1")]
    public void Offsets_follow_from_kernels_strides_and_paddings(string value, string offset) => Assert.Equal(offset, Offsets(Project.Forward($"return {value};")).Split(' ')[^1]);

    [Fact]
    public void Volumes_and_signals_have_offsets_too()
    {
        Assert.Equal("2/1/0", Offsets(Project.Forward("return x | Conv(4, kernel: (3, 3, 3), padding: (3, 2, 1)) | Crop(x);", "Batch, 2, 5, 5, 5")));
        Assert.Equal("3", Offsets(Project.Forward("return Slice(x, x.OffsetOf(Slice(x, 3, 4, axis: 2))[0], 5, axis: 2);", "Batch, 2, 9")).Split(' ')[^1]);
    }

    [Theory]
    [InlineData("x | Conv1D(4, kernel: 5, padding: 4) | Crop(x)", "2")]
    [InlineData("x | MaxPool1D(2, padding: 1) | ConvTranspose1D(3, kernel: 6, stride: 2) | Crop(x)", "3")]
    [InlineData("x | Reshape(3, 12, 1) | Pad(3, 0, 0, 0) | Reshape(3, 1, 15, 1) | Reshape(3, 15) | Crop(x)", "3")]
    public void Signals_are_images_with_one_row(string value, string offset) =>
        Assert.Equal(offset, Offsets(Project.Forward($"return {value};", "Batch, 3, 12")).Split(' ')[^1]);

    /// <summary>A ramp whose neighbours are averaged and interpolated again is the same ramp, if it lies where it did. This knows nothing of how offsets are found.</summary>
    [Theory]
    [InlineData("AvgPool(2) >> Pad(1) >> Fill(ConvTranspose(1, kernel: 4, stride: 2, bias: false), Filler.Bilinear)", 2)]
    [InlineData("Pad(3) >> AvgPool(3, stride: 3) >> Fill(ConvTranspose(1, kernel: 5, stride: 3, bias: false), Filler.Bilinear)", 3)]
    [InlineData("Pad(8) >> AvgPool(3, stride: 2, padding: 1) >> AvgPool(2) >> Fill(ConvTranspose(1, kernel: 7, stride: 4, padding: 1, bias: false), Filler.Bilinear)", 6)]
    public void A_ramp_comes_back_where_it_was(string stages, int border)
    {
        const int Size = 24;
        float[] ramp = [.. Enumerable.Range(0, Size * Size).Select(static i => (i / Size) + (100f * (i % Size)))];
        var back = Operators.PoolingTests.Predict($"(t => Crop(t)(({stages})(t)))", $"1, {Size}, {Size}", ramp);
        for (var h = border; h < Size - border; h++)
        {
            for (var w = border; w < Size - border; w++)
            {
                Assert.Equal(ramp[(h * Size) + w], back[(h * Size) + w], 0.01f);
            }
        }
    }

    [Fact]
    public void An_operator_of_the_users_says_where_its_results_lie() => Assert.Equal("2", Offsets(Project.Graph(
        ("Mine.cs", """
            using NetDsl.Kernels;
            public static class Mine
            {
                [Operator("[N, C, H, W] -> [N, C, HO = H + 2*rows, W]", Kernel = typeof(Kernel))]
                [Position("ho = h + rows")]
                public static Layer Rows(int rows) => throw new NotExecutableException();
            }
            public static class Kernel
            {
                public static T Forward<T, V>(V x, int i) where T : struct, ILanes<T> where V : struct, IView<T> => T.Create(0);
            }
            """),
        ("Net.cs", Project.Network("return x | Mine.Rows(2) | Pad(0, 0, 2, 2) | Crop(x);")))));

    /// <summary>The first rows of crops; where other axes have another first element, all of them: <c>2/1</c>.</summary>
    static string Offsets(Graph graph)
    {
        var slices = graph.Nodes.Where(static n => n.Operator.Movement == MovementKind.Slice && n.Integer("axis") > 0).ToList();
        var crops = new List<List<int>>();
        for (var i = 0; i < slices.Count; i++)
        {
            if (i == 0 || slices[i].Operands[0] != slices[i - 1].Result)
            {
                crops.Add([]);
            }

            crops[^1].Add(slices[i].Integer("start"));
        }

        return string.Join(' ', crops.Select(static c => string.Join('/', c.Distinct().Count() == 1 ? c.Take(1) : c)));
    }
}
