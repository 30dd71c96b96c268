using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using NetDsl.Generators.Emit;
using NetDsl.Generators.Emit.Definitions;
using NetDsl.Generators.Emit.Simt;
using NetDsl.Generators.Ir;
using NetDsl.Runtime;

namespace NetDsl.Generators.Tests.Emit;

/// <summary>Emitted SIMT programs: compiled to PTX, which takes no GPU, and run on ILGPU's CPU accelerator.</summary>
static class SimtPrograms
{
    public static SimtProgram Load(Program program)
    {
        var emitted = EmittedAssembly.Load([.. Emit(program)]);
        var type = emitted.GetType($"{program.Graph.Namespace}.{program.Graph.Name}Simt", throwOnError: true)!;
        return (SimtProgram)type.GetMethod("Create")!.Invoke(null, [false])!;
    }

    /// <summary>The definition and the methods of a network that has a prediction program only.</summary>
    public static IEnumerable<string> Emit(Program program)
    {
        var shared = new SharedMembers();
        var kernels = SimtKernels.Of(program, shared);
        var stub = $$"""
            namespace {{program.Graph.Namespace}};
            abstract class Stub { public static NetDsl.Runtime.NetworkDefinition Definition { get; } = null!; }
            partial class {{program.Graph.Name}} : Stub;
            """;
        return [
            stub,
            DefinitionEmitter.Emit(program.Graph, null, program, null, hasWorkspace: false, predictSimt: kernels),
            SimtEmitter.Emit(program.Graph, null, kernels, shared),
            .. SharedFiles.Of(shared.All).Select(static f => f.Text)];
    }

    /// <summary>Stops at the first kernel that is rejected: it poisons the context for those behind it.</summary>
    public static void CompileToPtx(SimtProgram program)
    {
        using var context = Context.Create(static builder => builder.Optimize(OptimizationLevel.O1));
        using var backend = new PTXBackend(context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_78, null!);
        foreach (var kernel in program.Kernels.DistinctBy(static kernel => kernel.Method.Method))
        {
            var method = kernel.Method.Method;
            var entry = kernel.Launch.Sums is null ? EntryPointDescription.FromImplicitlyGroupedKernel(method) : EntryPointDescription.FromExplicitlyGroupedKernel(method);
            var compiled = (PTXCompiledKernel)backend.Compile(entry, default);
            Assert.True(compiled.PTXAssembly.Contains(".entry", StringComparison.Ordinal), kernel.Name);

            // A whole 1 taken for the bits of a real number.
            Assert.DoesNotContain("0f00000001", compiled.PTXAssembly, StringComparison.Ordinal);
        }
    }

    /// <summary>Runs the program for a batch on given memory, all of which comes back as the kernels leave it.</summary>
    /// <param name="program">The program.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="memory">The memory.</param>
    /// <param name="step">The step's number.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="groupThreads">Threads of a product's group, at most 16 here.</param>
    public static void Run(SimtProgram program, int batch, SimtMemory memory, uint step = 0, uint seed = 0, int groupThreads = 16)
    {
        using var context = Context.Create(static builder => builder.CPU());
        using var accelerator = context.CreateCPUAccelerator(0);
        using var samples = accelerator.Allocate1D(memory.Samples);
        using var constants = accelerator.Allocate1D(memory.Constants);
        using var parameters = accelerator.Allocate1D(memory.Parameters);
        using var gradients = accelerator.Allocate1D(memory.Gradients);
        using var launcher = new SimtLauncher(program, accelerator, groupThreads);
        for (var kernel = 0; kernel < program.Kernels.Count; kernel++)
        {
            launcher.Run(kernel, samples.View, constants.View, parameters.View, gradients.View, new(batch, step, seed));
        }

        accelerator.Synchronize();
        samples.CopyToCPU(memory.Samples);
        constants.CopyToCPU(memory.Constants);
        gradients.CopyToCPU(memory.Gradients);
    }
}

/// <summary>The arenas of a program, filled with small numbers that are reproducible.</summary>
sealed class SimtMemory
{
    readonly Program program;

    public SimtMemory(Program program, int batch)
    {
        this.program = program;
        var random = new Random(1);
        float[] Fill(long count) => [.. Enumerable.Range(0, (int)Math.Max(count, 1)).Select(_ => random.NextSingle() * 2 - 1)];
        Samples = Fill(program.SampleSize.Value * batch);
        Constants = Fill(program.ConstantSize.Value);
        Parameters = Fill(program.ParameterSize);
        Gradients = Fill(program.ParameterSize);
    }

    public float[] Samples { get; }
    public float[] Constants { get; }
    public float[] Parameters { get; }
    public float[] Gradients { get; }

    /// <summary>The elements of a value, of one sample where it is batched.</summary>
    public Span<float> Of(int value, int sample = 0)
    {
        var buffer = program.BufferOf(value);
        var (arena, origin) = buffer.Space switch
        {
            Space.Sample => (Samples, sample * program.SampleSize),
            Space.Constant => (Constants, 0),
            Space.Parameter => (Parameters, 0),
            _ => (Gradients, 0L),
        };
        return arena.AsSpan((int)(origin + buffer.Offset), (int)buffer.Size);
    }
}
