using System.IO.Compression;

namespace NetDsl.Package.Tests;

/// <summary>What a user gets who knows nothing of this repository: a package, a class of their own, an error at the right place.</summary>
public sealed class PackageTests : IDisposable
{
    const string Program = """
        using NetDsl.Runtime;
        using NetDsl.Solvers;

        using var device = Device.Cpu(threads: 1);
        using var net = new Xor(device, batch: 4);
        net.Initialize(seed: 1);
        float[] inputs = [0, 0, 0, 1, 1, 0, 1, 1];
        int[] labels = [0, 1, 1, 0];
        var solver = new Sgd { LearningRate = 0.5, Momentum = 0.9 };
        var first = net.TrainStep(inputs, labels, solver);
        var last = first;
        for (var step = 0; step < 300; step++)
        {
            last = net.TrainStep(inputs, labels, solver);
        }

        var scores = net.Predict(inputs).ToArray();
        var right = Enumerable.Range(0, 4).Count(i => (scores[2 * i + 1] > scores[2 * i] ? 1 : 0) == labels[i]);
        Console.WriteLine($"loss fell: {last < first / 10}, right: {right}, parameters: {Xor.ParameterCount}");
        """;

    const string Network = """
        /// <summary>Two classes that no line divides.</summary>
        [Network]
        public partial class Xor
        {
            static Tensor Forward([Shape(Batch, 2)] Tensor x) => x | Dense(16) | Swish | Dense(2);

            static Tensor Loss(Tensor scores, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label);

            /// <summary>x times its sigmoid, an activation of our own.</summary>
            [Elementwise(nameof(SwishOf))]
            static Tensor Swish(Tensor x) => throw new NotExecutableException();

            [Derivative(nameof(SwishDerivative))]
            static float SwishOf(float x) => x / (1 + MathF.Exp(-x));

            static float SwishDerivative(float x, float y) => y + (1 - y) / (1 + MathF.Exp(-x));
        }
        """;

    readonly UserProject project = new();

    [Fact]
    public void A_users_own_network_builds_trains_and_predicts()
    {
        project.Write("Program.cs", Program);

        // d/dx x σ = σ + x σ (1 − σ) = y + σ (1 − y)
        project.Write("Xor.cs", Network);
        var (exitCode, output) = project.Dotnet("run", "-c", "Release");
        Assert.True(exitCode == 0, output);
        Assert.EndsWith("loss fell: True, right: 4, parameters: 82", output.TrimEnd());
    }

    [Fact]
    public void A_wrong_shape_does_not_build_and_says_where()
    {
        project.Write("Program.cs", "return 0;");
        project.Write("Wrong.cs", """
            [Network]
            public partial class Wrong
            {
                static Tensor Forward([Shape(Batch, 1, 8, 8)] Tensor image) =>
                    image
                    | Conv(4, kernel: 5)
                    | Conv(8, kernel: 7)
                    | Dense(10);
            }
            """);
        var (exitCode, output) = project.Dotnet("build", "-v", "q", "--nologo");
        Assert.NotEqual(0, exitCode);
        Assert.Contains("Wrong.cs(7,11): error NDSL201: Conv(8, kernel: 7) does not fit its input [N, 4, 4, 4]: the kernel is 7×7", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_package_carries_the_compiler_and_its_fixes()
    {
        using var package = ZipFile.OpenRead(project.Package);
        var names = package.Entries.Select(static entry => entry.FullName).ToList();
        Assert.Contains("analyzers/dotnet/cs/NetDsl.Generators.dll", names);
        Assert.Contains("analyzers/dotnet/cs/NetDsl.CodeFixes.dll", names);
        Assert.Contains("lib/net10.0/NetDsl.dll", names);
    }

    public void Dispose() => project.Dispose();
}
