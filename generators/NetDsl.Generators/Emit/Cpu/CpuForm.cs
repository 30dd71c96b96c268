using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>What kernels of one form share: a method, whose parameters are the memory and the sizes in which they differ.</summary>
static class CpuForm
{
    /// <summary>Adds the method; returns its name, and the sizes of this kernel.</summary>
    public static (string Name, IReadOnlyList<SizeArgument> Sizes) Add(Kernel kernel, CpuMethod method, SharedMembers shared)
    {
        var sizes = new List<SizeArgument>();
        var (items, text) = (SizeMark.Name(method.Items, sizes), SizeMark.Name(method.Text, sizes));
        var parameters = string.Concat(
            method.Parameters.Select(static p => $", float* {p.Name}")
                .Prepend(method.Sequence is { } sequence ? $", int {sequence.Step}" : "")
                .Concat(sizes.Select(static s => $", {s.Type} {s.Name}")));
        var writer = new SourceWriter();
        writer.Documentation("summary", $"{KernelForm.Operators(kernel)}.");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Block($"public static void {SharedMember.Placeholder}<T>(CpuWorker worker{parameters})\n    where T : struct, IMemoryLanes<T>"))
        {
            using (writer.Block($"while (worker.Take({items}, out var begin, out var end))"))
            {
                writer.Line(text.TrimEnd('\n'));
            }

            writer.Line(method.Sequence is null ? "worker.Complete();" : "worker.Meet();");
        }

        return (shared.Add(SharedClass.CpuKernels, KernelForm.Name(kernel), writer.ToString()), sizes);
    }
}
