namespace NetDsl.Generators.Tests.Diagnostics;

/// <summary>
/// Programs that must fail, each with exactly the diagnostics it marks: <c>«…»</c> is what is underlined. The first of an id is its example.
/// </summary>
static class MustFail
{
    public static readonly IReadOnlyList<(string Id, string Message, string Source)> Programs =
    [
        ("NDSL101", "Network 'Net' must be partial, so that the compiler can complete it", """
            [Network]
            public class «Net»
            {
                static Tensor Forward([Shape(Batch, 3)] Tensor x) => x;
            }
            """),
        ("NDSL101", "Network 'Net' cannot be nested in another class", """
            class Outer
            {
                [Network]
                public partial class «Net»
                {
                    static Tensor Forward([Shape(Batch, 3)] Tensor x) => x;
                }
            }
            """),
        ("NDSL102", "Network 'Net' needs a method 'static Tensor Forward([Shape(Batch, …)] Tensor x)'", """
            [Network]
            public partial class «Net»;
            """),
        ("NDSL102", "'Forward' of 'Net' must be static", """
            [Network]
            public partial class Net
            {
                Tensor «Forward»([Shape(Batch, 3)] Tensor x) => x;
            }
            """),
        ("NDSL102", "'Forward' of 'Net' must return a Tensor or a tuple of them", """
            [Network]
            public partial class Net
            {
                static int «Forward»([Shape(Batch, 3)] Tensor x) => 3;
            }
            """),
        ("NDSL103", "Input 'x' needs a shape: [Shape(Batch, …)]", """
            [Network]
            public partial class Net
            {
                static Tensor Forward(Tensor «x») => x;
            }
            """),
        ("NDSL103", "'n' must be a Tensor or Labels", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3)] Tensor x, int «n») => x;
            }
            """),
        ("NDSL104", "The shape of 'x' must begin with Batch: [Shape(Batch, …)]", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([«Shape(3, 28, 28)»] Tensor x) => x;
            }
            """),
        ("NDSL104", "The sizes of 'x' behind Batch must be positive constants", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([«Shape(Batch, 3, 0)»] Tensor x) => x;
            }
            """),
        ("NDSL105", "'Loss' takes 1 of the 2 tensors that Forward returns; it takes all of them, in order, then inputs with a [Shape]", """
            [Network]
            public partial class Net
            {
                static (Tensor a, Tensor b) Forward([Shape(Batch, 3)] Tensor x) => (x, x | ReLU);
                static Tensor «Loss»(Tensor a, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(a, label);
            }
            """),
        ("NDSL105", "'Loss' takes more tensors than the 1 that Forward returns; an input needs a [Shape]", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3)] Tensor x) => x;
                static Tensor Loss(Tensor a, Tensor «b») => Euclidean(a, b);
            }
            """),
        ("NDSL105", "'x' is an input; [Auxiliary] marks outputs of Forward that only the loss reads", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3)] Tensor x) => x | ReLU;
                static Tensor Loss(Tensor y, [Auxiliary, Shape(Batch, 3)] Tensor «x») => Euclidean(x, y);
            }
            """),
        ("NDSL105", "Every output of Forward is [Auxiliary], so a prediction would compute nothing; leave one unmarked", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3)] Tensor x) => x | ReLU;
                static Tensor «Loss»([Auxiliary] Tensor y, [Shape(Batch, 3)] Tensor x) => Euclidean(x, y);
            }
            """),
        ("NDSL106", "'Loss' returns [N] but must return scalars: reduce it with BatchMean or BatchSum", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3)] Tensor x) => x;
                static Tensor «Loss»(Tensor x) => SampleSum(x);
            }
            """),
        ("NDSL107", "Input 'label' is Labels [N] elsewhere but Labels [N, 2] here; inputs of one name are one input", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3)] Tensor x) => x;
                static Tensor Loss(Tensor x, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(x, label);
                static Tensor Metrics(Tensor x, [Shape(Batch, 2)] Labels «label») => BatchMean(SampleSum(x));
            }
            """),
        ("NDSL108", "'Loss' trains nothing: IsAmongBest has no gradient, and nothing else leads from it to a parameter. What is only measured belongs in 'Metrics'", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3)] Tensor x) => x | Dense(2);
                static Tensor «Loss»(Tensor scores, [Shape(Batch)] Labels label) => Accuracy(scores, label);
            }
            """),
        ("NDSL108", "'Loss' trains nothing: it does not depend on a parameter that is trained", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3)] Tensor x) => x | Dense(2);
                static Tensor «Loss»(Tensor scores, [Shape(Batch, 3)] Tensor target)
                {
                    _ = scores;
                    return BatchMean(SampleSum(target * target));
                }
            }
            """),
        ("NDSL201", "Conv(64, kernel: 7) does not fit its input [N, 50, 4, 4]: the kernel is 7×7; add 'padding: 3' or use kernel ≤ 4", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 50, 4, 4)] Tensor x) =>
                    x | ReLU
                      | «Conv(64, kernel: 7)»
                      | Dense(10);
            }
            """),
        ("NDSL201", "Conv(30, 3, group: 4) does not fit its input [N, 3, 8, 8]: group 4 does not divide both the 3 input channels and the 30 filters", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3, 8, 8)] Tensor x) => x | Conv(30, 3, «group: 4»);
            }
            """),
        ("NDSL201", "MaxPool(2) does not fit its input [N, 10]: it takes [N, C, H, W]", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3, 8, 8)] Tensor x) => x | Dense(10) | «MaxPool(2)»;
            }
            """),
        ("NDSL201", "SoftmaxCrossEntropy(x, label) does not fit its inputs [N, 3] and [N, 2]: labels has (2) where S is ()", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3)] Tensor x) => x;
                static Tensor Loss(Tensor x, [Shape(Batch, 2)] Labels label) => «SoftmaxCrossEntropy(x, label)»;
            }
            """),
        ("NDSL202", "'+' takes equal shapes but gets [N, 21, 34, 34] and [N, 21, 36, 36]: height 34 ≠ 36", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 21, 34, 34)] Tensor a, [Shape(Batch, 21, 36, 36)] Tensor b) => a | ReLU
                    | (x => x «+» b);
            }
            """),
        ("NDSL202", "Multiply(a, b) takes equal shapes but gets [N, 3] and [N, 1, 3]: 2 axes ≠ 3", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3)] Tensor a, [Shape(Batch, 1, 3)] Tensor b) => «Multiply(a, b)»;
            }
            """),
        ("NDSL203", "Dropout(rate: 1): the rate is 1; it must be at least 0 and less than 1", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3)] Tensor x) => x | Dropout(«rate: 1»);
            }
            """),
        ("NDSL203", "Conv(0, kernel: 3): filters is 0; a convolution needs at least 1  (called at Net.cs(5,68): Unlucky)", """
            [Network]
            public partial class Net
            {
                static readonly Layer Unlucky = Conv(«0», kernel: 3);
                static Tensor Forward([Shape(Batch, 3, 8, 8)] Tensor x) => x | Unlucky;
            }
            """),
        ("NDSL204", "Dense(10) shares its weights with its first use at Net.cs(7,14), where its input is [N, 3]; here it is [N, 10]", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3)] Tensor x)
                {
                    var dense = Dense(10);
                    x |= dense;
                    return x | «dense»;
                }
            }
            """),
        ("NDSL205", "Two layers are named 'ip'; use the same layer value to share weights, or another name", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3)] Tensor x) => x | Dense(10, name: "ip") | «Dense(10, name: "ip")»;
            }
            """),
        ("NDSL206", "There are 4 parts but 3 are taken", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 8)] Tensor x)
                {
                    var «(i, f, g)» = Split(x, parts: 4);
                    return i + f + g;
                }
            }
            """),
        ("NDSL207", "Crop(image) cannot find its offset: [N, 4, 6, 6] is 2 times as coarse as [N, 3, 12, 12] on axis 2; enlarge it first, or give the offset", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3, 12, 12)] Tensor image) => image | Conv(4, kernel: 1, stride: 2) | «Crop(image)»;
            }
            """),
        ("NDSL207", "Crop(half) cannot find its offset: [N, 3, 6, 6] is 2 times as coarse as [N, 3, 12, 12] on axis 2; enlarge it first, or give the offset", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3, 12, 12)] Tensor image)
                {
                    var half = image | MaxPool(2);
                    return image | «Crop(half)»;
                }
            }
            """),
        ("NDSL207", "Crop(image) cannot find its offset: [N, 3, 12, 12] begins between two elements of [N, 4, 15, 15] on axis 2, at 1.5; change a kernel or padding by one, or give the offset", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3, 12, 12)] Tensor image) => image | Conv(4, kernel: 4, padding: 3) | «Crop(image)»;
            }
            """),
        ("NDSL207", "Crop(other) cannot find its offset: no way leads from both tensors to one that they are computed from, over layers that say where their results lie; give the offset", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3, 12, 12)] Tensor image, [Shape(Batch, 3, 8, 8)] Tensor other) => image | «Crop(other)»;
            }
            """),
        ("NDSL207", "Crop(image) cannot find its offset: no way leads from both tensors to one that they are computed from, over layers that say where their results lie; give the offset", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3, 12, 12)] Tensor image) => image | Dense(588) | Reshape(3, 14, 14) | «Crop(image)»;
            }
            """),
        ("NDSL207", "Crop(image) cannot find its offset: no way leads from both tensors to one that they are computed from, over layers that say where their results lie; give the offset", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3, 12, 12)] Tensor image) => image | GlobalAvgPool | Interp(14, 14) | «Crop(image)»;
            }
            """),
        ("NDSL207", "image.OffsetOf(row) cannot find its offset: [N, 3, 12, 12] and [N, 3, 144] must both be [N, C, …] with equally many axes; give the offset", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3, 12, 12)] Tensor image)
                {
                    var row = image | Reshape(3, 144);
                    return Slice(image, «image.OffsetOf(row)»[0], 2, axis: 2);
                }
            }
            """),
        ("NDSL301", "'try { x |= ReLU; } finally { }' is not part of the language of networks; constants, control flow on constants, layers and helpers are", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 8)] Tensor x)
                {
                    «try { x |= ReLU; } finally { }»
                    return x;
                }
            }
            """),
        ("NDSL301", "'Depth' cannot be assigned while compiling; assign locals, elements of arrays and members of your own objects", """
            [Network]
            public partial class Net
            {
                static int Depth;
                static Tensor Forward([Shape(Batch, 8)] Tensor x)
                {
                    «Depth» = 3;
                    return x;
                }
            }
            """),
        ("NDSL302", "This adds two delegates, not what two layers compute; write 'x => f(x) + g(x)'", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3, 8, 8)] Tensor x) => x | «Conv(3, 1) + Conv(3, 1)»;
            }
            """),
        ("NDSL303", "Evaluation takes more than 1,000,000 steps here; does this loop end?", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3)] Tensor x)
                {
                    «while» (true) { }
                }
            }
            """),
        ("NDSL304", "Calls are nested more than 200 deep here; does this recursion end?  (called at Net.cs(4,58): Deeper(x))", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3)] Tensor x) => Deeper(x);
                static Tensor Deeper(Tensor x) => «Deeper(x)»;
            }
            """),
        ("NDSL305", "'Shared' of System.Private.CoreLib cannot be evaluated: its source is not available; mark it [Block] where it is declared", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3)] Tensor x) => x | Dense(«Random.Shared».Next(3));
            }
            """),
        ("NDSL306", "Index 2 is outside 0 … 1", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3)] Tensor x)
                {
                    int[] units = [8, 4];
                    for (var i = 0; i <= units.Length; i++)
                    {
                        x |= Dense(«units[i]»);
                    }

                    return x;
                }
            }
            """),
        ("NDSL306", "This divides by zero", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3)] Tensor x)
                {
                    var n = 0;
                    return x | Dense(«10 / n»);
                }
            }
            """),
        ("NDSL306", "units must be even", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3)] Tensor x)
                {
                    var units = 3;
                    if (units % 2 != 0)
                    {
                        «throw new ArgumentException("units must be even");»
                    }

                    return x | Dense(units);
                }
            }
            """),
        ("NDSL307", "The result of 'ReLU(x)' is not used", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3)] Tensor x)
                {
                    «ReLU(x);»
                    return x;
                }
            }
            """),
        ("NDSL307", "The result of 'GlobalAvgPool' is not used", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3, 4, 4)] Tensor x)
                {
                    var mean = x | ReLU | «GlobalAvgPool»;
                    return x;
                }
            }
            """),
        ("NDSL307", "The result of 'BatchNorm()' is not used", """
            [Network]
            public partial class Net
            {
                static Tensor Forward([Shape(Batch, 3, 4, 4)] Tensor x)
                {
                    _ = x | Tanh;
                    var (a, b, c) = Split(x, parts: 3);
                    var like = x | Conv(2, kernel: 3);
                    var y = x | Crop(like, offset: 1);
                    x |= «BatchNorm()»;
                    return a + c + (Slice(y, 0, 1) | Pad(1));
                }
            }
            """),
        ("NDSL401", "'[N, C -> [N, C]': expected ']' but found '-> [N, C]'; see operator 'Broken'", """
            public static class Mine
            {
                [«Operator("[N, C -> [N, C]", Kernel = typeof(Kernel))»]
                public static Tensor Broken(Tensor x) => throw new NotExecutableException();
            }
            public static class Kernel;
            """),
        ("NDSL401", "'Q' in the shape rules of 'Broken' is neither an axis of an input nor a parameter of the method", Operator("""
            [«Operator("[N, C] -> [N, Q]", Kernel = typeof(Kernel))»]
            public static Tensor Broken(Tensor x) => throw new NotExecutableException();
            """, "T Forward<T, V>(V x, int i)")),
        ("NDSL401", "'Broken' computes with 'size' neighbouring channels: that must be a parameter, and the shape rule be [N, C, *S] of every tensor", Operator("""
            [«Operator("[N, C, H, W] -> [N, C, H, W]", Kernel = typeof(Kernel), Fusion = Fusion.Injective, Neighbours = "size")»]
            public static Tensor Broken(Tensor x, int size) => throw new NotExecutableException();
            """, "T Forward<T, V>(V x, int i)")),
        ("NDSL401", "The shape rule of 'Broken' has 2 inputs but the method has 1 tensors", Operator("""
            [«Operator("[N, C], [N] -> [N, C]", Kernel = typeof(Kernel))»]
            public static Tensor Broken(Tensor x) => throw new NotExecutableException();
            """, "T Forward<T, V>(V x, int i)")),
        ("NDSL401", "'h = 2*h' must be an equation between one coordinate of an input and one of the result: 'h = stride*ho - padding'; see operator 'Broken'", Operator("""
            [Operator("[N, C, H] -> [N, C, HO = H]", Kernel = typeof(Kernel))]
            [«Position("h = 2*h")»]
            public static Tensor Broken(Tensor x) => throw new NotExecutableException();
            """, "T Forward<T, V>(V x, int i)")),
        ("NDSL401", "'step' in 'h = step*ho' is neither a coordinate, nor an axis, nor a parameter of the method; see operator 'Broken'", Operator("""
            [Operator("[N, C, H] -> [N, C, HO = H]", Kernel = typeof(Kernel))]
            [«Position("h = step*ho")»]
            public static Tensor Broken(Tensor x) => throw new NotExecutableException();
            """, "T Forward<T, V>(V x, int i)")),
        ("NDSL402", "'width' of 'Forward' stands for nothing in operator 'Broken': it is neither a coordinate of [N, C], nor an axis, nor an argument", Operator("""
            [Operator("[N, C] -> [N, C]", Kernel = typeof(Kernel))]
            public static Tensor Broken(Tensor x) => throw new NotExecutableException();
            """, "T Forward<T, V>(V x, int c, int «width»)")),
        ("NDSL402", "'z' of 'Forward' stands for nothing in operator 'Broken': it is no operand or weight", Operator("""
            [Operator("[N, C] -> [N, C]", Kernel = typeof(Kernel))]
            public static Tensor Broken(Tensor x) => throw new NotExecutableException();
            """, "T Forward<T, V>(V «z», int i)")),
        ("NDSL403", "Kernel class 'Kernel' of operator 'Broken' has no method 'Forward'", Operator("""
            [«Operator("[N, C] -> [N, C]", Kernel = typeof(Kernel))»]
            public static Tensor Broken(Tensor x) => throw new NotExecutableException();
            """, "T Backward<T, V>(V x, int i)")),
        ("NDSL403", "Operator 'Broken' needs 'Kernel = typeof(…)', the class of its kernel methods", Operator("""
            [«Operator("[N, C] -> [N, C]")»]
            public static Tensor Broken(Tensor x) => throw new NotExecutableException();
            """, "T Forward<T, V>(V x, int i)")),
        ("NDSL403", "Kernel method 'OnGpu' is for a GPU: it must return T, and take only operands, axes and arguments that 'Forward' takes", Operator("""
            [Operator("[N, C] -> [N, C]", Kernel = typeof(Kernel))]
            public static Tensor Broken(Tensor x) => throw new NotExecutableException();
            """, """
            T Forward<T, V>(V x, int i) where T : struct, ILanes<T> where V : struct, IView<T> => x[i];
                [OnGpu]
                public static T «OnGpu»<T, V>(V x, int i, int C)
            """)),
        ("NDSL403", "Kernel method 'OnGpu' is for a GPU, but no method with [GradientOf(\"x\")] says what a CPU runs", Operator("""
            [Operator("[N, C] -> [N, C]", Kernel = typeof(Kernel))]
            public static Tensor Broken(Tensor x) => throw new NotExecutableException();
            """, """
            T Forward<T, V>(V x, int i) where T : struct, ILanes<T> where V : struct, IView<T> => x[i];
                [OnGpu, GradientOf("x")]
                public static T «OnGpu»<T, V>(V dy, int i)
            """)),
        ("NDSL403", "Nothing reads what operator 'Broken' records: a second [GradientOf] method must take 'place' in place of the operand", Operator("""
            [Operator("[N, C] -> [N, C]", Kernel = typeof(Kernel))]
            public static Tensor Broken(Tensor x) => throw new NotExecutableException();
            """, """
            T Forward<T, V>(V x, int i) where T : struct, ILanes<T> where V : struct, IView<T> => x[i];
                [Record("place")]
                public static T «Place»<T, V>(V x, int i)
            """)),
        ("NDSL403", "Kernel method 'Place' records something for a gradient: it must return T, and operator 'Broken' have no weights", Operator("""
            [Operator("[N, C] -> [N, C]", Kernel = typeof(Kernel)), Weight("w", "[K = C]", Initializer.Ones)]
            public static Layer Broken() => throw new NotExecutableException();
            """, """
            T Forward<T, V, W>(V x, W w, int c) where T : struct, ILanes<T> where V : struct, IView<T> where W : struct, IView<T> => x[c] * w[c];
                [Record("place")]
                public static T «Place»<T, V>(V x, int c)
            """)),
        ("NDSL404", "Cannot translate a scalar function: lanes have no 'Sin'; they have Exp, Log, Tanh, Pow, Sqrt, Abs, Max, Min, Clamp, Floor, Ceiling, Round, FusedMultiplyAdd", """
            public static class Mine
            {
                [Elementwise(nameof(Sine))]
                public static Tensor Wave(Tensor x) => throw new NotExecutableException();
                static float Sine(float x) => x * «MathF.Sin(x)»;
            }
            """),
        ("NDSL404", "'Mine' has no static method 'float Missing(…)' for operator 'Wave'", """
            public static class Mine
            {
                [«Elementwise("Missing")»]
                public static Tensor Wave(Tensor x) => throw new NotExecutableException();
            }
            """),
        ("NDSL404", "'slope' of scalar function 'F' is neither a parameter of the operator nor 'random'", """
            public static class Mine
            {
                [Elementwise(nameof(F))]
                public static Tensor Wave(Tensor x) => throw new NotExecutableException();
                static float F(float x, float «slope») => slope * x;
            }
            """),
        ("NDSL404", "'Mine' has no static method 'float G(…)', the derivative of 'F'", """
            public static class Mine
            {
                [Elementwise(nameof(F))]
                public static Tensor Wave(Tensor x) => throw new NotExecutableException();
                [«Derivative("G")»]
                static float F(float x) => x;
            }
            """),
        ("NDSL405", "Operator 'Wrong' must be a static method that returns Layer or Tensor", Operator("""
            [Operator("[N, C] -> [N, C]", Kernel = typeof(Kernel))]
            public static int «Wrong»(Tensor x) => throw new NotExecutableException();
            """, "T Forward<T, V>(V x, int i)")),
        ("NDSL405", "Operator 'Spread' makes figures of counts: it takes one tensor without a batch axis and gives one ('[K] -> []'), and 'Kernel' needs a method 'static void Of(ReadOnlySpan<double> counts, Span<double> figures)'", Operator("""
            [«Operator("[K] -> []", Figure = typeof(Kernel))»]
            public static Tensor Spread(Tensor sums) => throw new NotExecutableException();
            """, "T Forward<T, V>(V x, int i)")),
        ("NDSL406", "'Hidden' must be public, since 'Head' is evaluated in other assemblies", """
            public static class Mine
            {
                [Block]
                public static Layer Head(int n) => Dense(«Hidden(n)»);
                static int Hidden(int n) => n + 1;
            }
            """),
    ];

    static string Operator(string declaration, string kernel) => $$"""
        using NetDsl.Kernels;
        public static class Mine
        {
            {{declaration.ReplaceLineEndings("\n    ")}}
        }
        public static class Kernel
        {
            public static {{kernel}} where T : struct, ILanes<T> where V : struct, IView<T> => T.Create(0);
        }
        """;
}
