using System.Reflection;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;

namespace NetDsl.Networks.Tests;

/// <summary>What the zoo computes on a GPU: the networks share their methods, so that each is compiled once.</summary>
public class SimtMethodTests
{
    [Fact]
    public void Every_one_compiles_to_PTX()
    {
        var methods = typeof(LeNet).Assembly.GetType("NetDsl.Emitted.SimtKernels", throwOnError: true)!
            .GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(static method => method.GetParameters() is [var first, ..] && first.ParameterType == typeof(Index1D))
            .ToList();
        Assert.True(methods.Count > 150, $"There are only {methods.Count}.");
        using var context = Context.Create(static builder => builder.Optimize(OptimizationLevel.O1));
        using var backend = new PTXBackend(context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_78, null!);
        foreach (var method in methods)
        {
            var compiled = (PTXCompiledKernel)backend.Compile(EntryPointDescription.FromImplicitlyGroupedKernel(method), default);
            Assert.True(compiled.PTXAssembly.Contains(".entry", StringComparison.Ordinal), method.Name);
        }
    }
}
