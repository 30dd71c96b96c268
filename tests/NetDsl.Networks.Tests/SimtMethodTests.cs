using System.Reflection;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using NetDsl.Runtime;

namespace NetDsl.Networks.Tests;

/// <summary>What the zoo computes on a GPU: the networks share their methods, so that each is compiled once.</summary>
public class SimtMethodTests
{
    [Fact]
    public void Every_one_compiles_to_PTX()
    {
        var methods = typeof(LeNet).Assembly.GetTypes()
            .Where(static type => type.IsSubclassOf(typeof(Network)) && !type.IsAbstract)
            .SelectMany(Kernels)
            .DistinctBy(static kernel => kernel.Method.Method)
            .ToDictionary(static kernel => kernel.Method.Method, static kernel => kernel.Launch);
        Assert.Equal(Emitted().ToHashSet(), [.. methods.Keys]);
        Assert.True(methods.Count > 150, $"There are only {methods.Count}.");
        using var context = Context.Create(static builder => builder.Optimize(OptimizationLevel.O1));
        using var backend = new PTXBackend(context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_78, null!);
        foreach (var (method, launch) in methods)
        {
            var entry = launch.Sums is null ? EntryPointDescription.FromImplicitlyGroupedKernel(method) : EntryPointDescription.FromExplicitlyGroupedKernel(method);
            var compiled = (PTXCompiledKernel)backend.Compile(entry, default);
            Assert.True(compiled.PTXAssembly.Contains(".entry", StringComparison.Ordinal), method.Name);

            // A whole 1 taken for the bits of a real number.
            Assert.DoesNotContain("0f00000001", compiled.PTXAssembly, StringComparison.Ordinal);
        }
    }

    static IEnumerable<MethodInfo> Emitted() => typeof(LeNet).Assembly.GetType("NetDsl.Emitted.SimtKernels", throwOnError: true)!
        .GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
        .Where(static method => method.GetParameters() is [var first, ..] && first.ParameterType == typeof(Index1D));

    /// <summary>The kernels of a network's programs; none of one that runs on the CPU only.</summary>
    static IEnumerable<SimtKernel> Kernels(Type network)
    {
        var definition = (NetworkDefinition)network.GetProperty("Definition", BindingFlags.Static | BindingFlags.Public)!.GetValue(null)!;
        var create = network.Assembly.GetType($"{network.FullName}Simt", throwOnError: true)!.GetMethod("Create")!;
        bool[] programs = definition.ProcessorOnly is not null ? [] : definition.Train is null ? [false] : [true, false];
        return programs.SelectMany(training => ((SimtProgram)create.Invoke(null, create.GetParameters().Length == 1 ? [training] : [training, definition])!).Kernels);
    }
}
