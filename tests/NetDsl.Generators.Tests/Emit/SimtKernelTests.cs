using NetDsl.Generators.Ir;
using NetDsl.Kernels;

namespace NetDsl.Generators.Tests.Emit;

/// <summary>Each form of kernel: its text compiles, becomes PTX, and computes what a plain loop in double precision computes.</summary>
public class SimtKernelTests
{
    const int Batch = 3;

    static readonly OperatorSpec Conv = ReflectedOperator.Of(typeof(ConvKernel), 0, ("y", "k ho wo"), ("x", "c h w"), ("weight", "k cg kh kw"), ("bias", "k"));
    static readonly OperatorSpec MaxPool = ReflectedOperator.Of(typeof(MaxPoolKernel), 0, ("y", "c ho wo"), ("x", "c h w"));
    static readonly OperatorSpec Relu = ReflectedOperator.Elementwise("ReLU", "T.Max(x, T.Create(0f))", "x");

    static readonly (string, object)[] ConvSizes =
    [
        ("C", 2), ("H", 5), ("W", 6), ("K", 4), ("HO", 3), ("WO", 4), ("kernelHeight", 3), ("kernelWidth", 3), ("strideHeight", 1), ("strideWidth", 1),
        ("paddingHeight", 0), ("paddingWidth", 0), ("dilationHeight", 1), ("dilationWidth", 1), ("group", 1),
    ];

    static readonly (string, object)[] PoolSizes =
    [
        ("H", 4), ("W", 6), ("HO", 2), ("WO", 3), ("kernelHeight", 2), ("kernelWidth", 2), ("strideHeight", 2), ("strideWidth", 2), ("paddingHeight", 0), ("paddingWidth", 0),
    ];

    [Fact]
    public void An_anchor_computes_an_element_and_the_operators_fused_behind_it()
    {
        var b = new ProgramBuilder("ConvRelu");
        var (x, weight, bias) = (b.Input("image", 2, 5, 6), b.Parameter("conv1.weight", 4, 2, 3, 3), b.Parameter("conv1.bias", 4));
        var conv = b.Node(Conv, "", TensorType.Sample(4, 3, 4), [x, weight, bias], "conv1", ConvSizes);
        var y = b.Kernel("Conv1", conv, b.Node(Relu, "", conv.Type, [conv.Result], "relu1"));

        Check(b.Output("scores", y).Build(), (memory, _) =>
        {
            for (var n = 0; n < Batch; n++)
            {
                foreach (var (k, ho, wo) in Indices(4, 3, 4))
                {
                    double sum = memory.Of(bias)[k];
                    foreach (var (c, kh, kw) in Indices(2, 3, 3))
                    {
                        sum += (double)memory.Of(weight)[((k * 2 + c) * 3 + kh) * 3 + kw] * memory.Of(x, n)[(c * 5 + ho + kh) * 6 + wo + kw];
                    }

                    Close(Math.Max(sum, 0), memory.Of(y, n)[(k * 3 + ho) * 4 + wo]);
                }
            }
        });
    }

    [Fact]
    public void An_absent_weight_reads_as_zero()
    {
        var b = new ProgramBuilder("NoBias");
        var (x, weight) = (b.Input("image", 2, 5, 6), b.Parameter("conv1.weight", 4, 2, 3, 3));
        var y = b.Kernel("Conv1", b.Node(Conv, "", TensorType.Sample(4, 3, 4), [x, weight, -1], "conv1", ConvSizes));

        Check(b.Output("scores", y).Build(), (memory, _) =>
        {
            double sum = 0;
            foreach (var (c, kh, kw) in Indices(2, 3, 3))
            {
                sum += (double)memory.Of(weight)[(c * 3 + kh) * 3 + kw] * memory.Of(x, 2)[(c * 5 + kh) * 6 + kw];
            }

            Close(sum, memory.Of(y, 2)[0]);
        });
    }

    [Fact]
    public void A_weights_gradient_sums_the_samples()
    {
        var b = new ProgramBuilder("Weight");
        b.Parameter("conv1.weight", 4, 2, 3, 3);
        var (x, dy) = (b.Input("image", 2, 5, 6), b.Input("dy", 4, 3, 4));
        var gradient = b.Kernel("Conv1Weight", Space.Gradient, b.Node(Conv, "weight", TensorType.Uniform(4, 2, 3, 3), [dy, x], "conv1", ConvSizes));

        Check(b.Output("conv1.weight", gradient, ResultKind.Gradient).Build(), (memory, _) =>
        {
            foreach (var (k, c, tap) in Indices(4, 2, 9))
            {
                double sum = 0;
                foreach (var (n, ho, wo) in Indices(Batch, 3, 4))
                {
                    sum += (double)memory.Of(dy, n)[(k * 3 + ho) * 4 + wo] * memory.Of(x, n)[(c * 5 + ho + tap / 3) * 6 + wo + tap % 3];
                }

                Close(sum, memory.Of(gradient)[(k * 2 + c) * 9 + tap]);
            }
        });
    }

    [Fact]
    public void A_method_that_writes_planes_runs_once_for_each_of_its_coordinates()
    {
        var b = new ProgramBuilder("Pool");
        var (x, dy) = (b.Input("image", 2, 4, 6), b.Input("dy", 2, 2, 3));
        var y = b.Kernel("Pool1", b.Node(MaxPool, "", TensorType.Sample(2, 2, 3), [x], "pool1", PoolSizes));
        var dx = b.Kernel("Pool1Gradient", b.Node(MaxPool, "x", TensorType.Sample(2, 4, 6), [dy, x, y], "d pool1", PoolSizes));

        Check(b.Output("dx", dx).Build(), (memory, program) =>
        {
            Assert.Equal((2, true), (program.Kernels[1].Launch.Items, program.Kernels[1].Launch.Batched));
            for (var n = 0; n < Batch; n++)
            {
                foreach (var (c, ho, wo) in Indices(2, 2, 3))
                {
                    var window = Indices(1, 2, 2).Select(t => (c * 4 + ho * 2 + t.Item2) * 6 + wo * 2 + t.Item3).ToList();
                    var largest = window.MaxBy(i => memory.Of(x, n)[i]);
                    foreach (var i in window)
                    {
                        Close(i == largest ? memory.Of(dy, n)[(c * 2 + ho) * 3 + wo] : 0, memory.Of(dx, n)[i]);
                    }
                }
            }
        });
    }

    [Theory]
    [InlineData(0), InlineData(2)]
    public void A_coordinate_runs_over_all_axes_that_a_star_stands_for(int rest)
    {
        var softmax = ReflectedOperator.Of(typeof(SoftmaxLossKernel), rest, ("y", "*s"), ("scores", "c *s"));
        int[] positions = rest == 0 ? [] : [2, 3];
        var count = rest == 0 ? 1 : 6;
        (string, object)[] sizes = [("C", 5), ("S", count), ("ignoreLabel", -1)];
        var b = new ProgramBuilder("Softmax" + rest);
        var (scores, labels, dy) = (b.Input("scores", [5, .. positions]), b.Labels("labels", [.. positions]), b.Input("dy", [.. positions]));
        var loss = b.Kernel("Loss", b.Node(softmax, "", TensorType.Sample([.. positions]), [scores, labels], "loss", sizes));
        var gradient = b.Kernel("LossGradient", b.Node(softmax, "scores", TensorType.Sample([5, .. positions]), [dy, scores, labels], "d loss", sizes));

        Check(
            b.Output("loss", loss).Build(),
            (memory, _) =>
            {
                for (var n = 0; n < Batch; n++)
                {
                    for (var s = 0; s < count; s++)
                    {
                        var label = (int)memory.Of(labels, n)[s];
                        var values = Enumerable.Range(0, 5).Select(c => Math.Exp(memory.Of(scores, n)[c * count + s])).ToList();
                        Close(-Math.Log(values[label] / values.Sum()), memory.Of(loss, n)[s]);
                        for (var c = 0; c < 5; c++)
                        {
                            Close(memory.Of(dy, n)[s] * (values[c] / values.Sum() - (c == label ? 1 : 0)), memory.Of(gradient, n)[c * count + s]);
                        }
                    }
                }
            },
            memory =>
            {
                for (var n = 0; n < Batch; n++)
                {
                    for (var s = 0; s < count; s++)
                    {
                        memory.Of(labels, n)[s] = (n + s) % 5;
                    }
                }
            });
    }

    [Fact]
    public void A_mean_over_the_batch_and_its_gradient_count_the_samples_of_the_step()
    {
        var b = new ProgramBuilder("Mean");
        var x = b.Input("x");
        var mean = b.Kernel("Mean", b.Node(OperatorSpec.BatchMean, "", TensorType.Uniform(), [x], "mean"));
        var twice = b.Kernel("Twice", b.Node(ReflectedOperator.Elementwise("Affine", "T.Create(scale) * x", "x"), "", TensorType.Uniform(), [mean], "twice", ("scale", 2f)));
        var dx = b.Kernel("MeanGradient", b.Node(OperatorSpec.BatchMean, "x", TensorType.Sample(), [twice], "d mean"));

        Check(b.Output("loss", twice).Build(), (memory, _) =>
        {
            var expected = Enumerable.Range(0, Batch).Average(n => (double)memory.Of(x, n)[0]);
            Close(expected, memory.Of(mean)[0]);
            Close(2 * expected, memory.Of(twice)[0]);
            Close(2 * expected / Batch, memory.Of(dx, 1)[0]);
        });
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2)]
    public void A_concatenation_and_its_slices_move_elements_along_any_axis(int axis)
    {
        int[] Sizes(int size) => [.. Enumerable.Range(0, 3).Select(a => a == axis ? size : a + 2)];
        var b = new ProgramBuilder("Concat" + axis);
        var (first, second) = (b.Input("first", [.. Sizes(1)]), b.Input("second", [.. Sizes(4)]));
        var joined = b.Kernel("Joined", b.Node(OperatorSpec.Concat, "", TensorType.Sample([.. Sizes(5)]), [first, second], "joined", ("axis", axis)));
        var cut = b.Kernel("Cut", b.Node(OperatorSpec.Slice, "", TensorType.Sample([.. Sizes(3)]), [joined], "cut", ("axis", axis), ("start", 2), ("length", 3)));
        var flat = b.Kernel("Flat", b.Node(OperatorSpec.Reshape, "", TensorType.Sample(Sizes(3).Aggregate((p, s) => p * s)), [cut], "flat"));

        Check(b.Output("y", flat).Build(), (memory, _) =>
        {
            for (var n = 0; n < Batch; n++)
            {
                foreach (var index in Indices(Sizes(5)[0], Sizes(5)[1], Sizes(5)[2]))
                {
                    var at = new[] { index.Item1, index.Item2, index.Item3 };
                    var expected = at[axis] < 1 ? memory.Of(first, n)[Flat(at, Sizes(1))] : memory.Of(second, n)[Flat(at, Sizes(4), axis, 1)];
                    Assert.Equal(expected, memory.Of(joined, n)[Flat(at, Sizes(5))]);
                    if (at[axis] >= 2)
                    {
                        Assert.Equal(expected, memory.Of(flat, n)[Flat(at, Sizes(3), axis, 2)]);
                    }
                }
            }
        });
    }

    [Fact]
    public void Random_numbers_are_those_of_the_processor()
    {
        var b = new ProgramBuilder("Dropout");
        var x = b.Input("x", 7);
        var node = b.Node(ReflectedOperator.Elementwise("Dropout", "T.Select(T.Greater(T.Create(rate), random), T.Create(0f), x)", "x"), "", TensorType.Sample(7), [x], "dropout1", ("rate", 0.5f));
        var y = b.Kernel("Dropout1", node);

        Check(b.Output("y", y).Build(), (memory, _) =>
        {
            var key = StepRandom.Key(seed: 11, step: 4, nodeKey: (uint)node.Key);
            for (var n = 0; n < Batch; n++)
            {
                for (var i = 0; i < 7; i++)
                {
                    var dropped = CounterHashUniform(key, i, n) < 0.5f;
                    Assert.Equal(dropped ? 0 : memory.Of(x, n)[i], memory.Of(y, n)[i]);
                }
            }
        });

        static float CounterHashUniform(uint key, int index, int sample) => ScalarLane.Uniform(key, (uint)index, (uint)sample).Value;
    }

    [Fact]
    public void Kernels_that_differ_only_in_offsets_share_one_body()
    {
        var b = new ProgramBuilder("Shared");
        var tanh = ReflectedOperator.Elementwise("Tanh", "LanesMath.Tanh(x)", "x");
        var x = b.Input("x", 9);
        var value = x;
        for (var i = 1; i <= 4; i++)
        {
            value = b.Kernel($"Tanh{i}", b.Node(tanh, "", TensorType.Sample(9), [value], $"tanh{i}"));
        }

        var program = b.Output("y", value).Build();
        var text = string.Concat(SimtPrograms.Emit(program));
        Assert.Equal(2, text.Split("LanesMath.Tanh").Length);
        Check(program, (memory, _) => Close(Math.Tanh(Math.Tanh(Math.Tanh(Math.Tanh(memory.Of(x, 1)[8])))), memory.Of(value, 1)[8]));
    }

    [Fact]
    public void The_same_program_is_the_same_text()
    {
        static string Emit()
        {
            var b = new ProgramBuilder("Same");
            var x = b.Input("image", 2, 5, 6);
            var conv = b.Node(Conv, "", TensorType.Sample(4, 3, 4), [x, b.Parameter("conv1.weight", 4, 2, 3, 3), -1], "conv1", ConvSizes);
            var program = b.Output("y", b.Kernel("Conv1", conv)).Build();
            return string.Concat(SimtPrograms.Emit(program));
        }

        var text = Emit();
        Assert.Equal(text, Emit());
        Assert.DoesNotContain('\r', text);
        Assert.All(text.Split('\n'), static line => Assert.Equal(line.TrimEnd(), line));
    }

    static void Check(Program program, Action<SimtMemory, Runtime.SimtProgram> assert, Action<SimtMemory>? prepare = null)
    {
        var simt = SimtPrograms.Load(program);
        SimtPrograms.CompileToPtx(simt);
        var memory = new SimtMemory(program, Batch);
        prepare?.Invoke(memory);
        SimtPrograms.Run(simt, Batch, memory, step: 4, seed: 11);
        assert(memory, simt);
    }

    static void Close(double expected, float actual) => Assert.True(Math.Abs(expected - actual) <= 2e-6 * Math.Max(1, Math.Abs(expected)), $"{actual} instead of {expected}");

    static IEnumerable<(int, int, int)> Indices(int a, int b, int c) =>
        from i in Enumerable.Range(0, a) from j in Enumerable.Range(0, b) from k in Enumerable.Range(0, c) select (i, j, k);

    static int Flat(int[] index, int[] sizes, int axis = 0, int shift = 0)
    {
        var flat = 0;
        for (var a = 0; a < sizes.Length; a++)
        {
            flat = flat * sizes[a] + index[a] - (a == axis ? shift : 0);
        }

        return flat;
    }
}
