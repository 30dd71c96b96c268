using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>The methods of a network: kernels with equal methods share the first one's.</summary>
sealed class CpuMethods
{
    readonly Dictionary<string, string> names = [];
    readonly HashSet<string> taken = [];
    readonly List<(string Name, CpuMethod Method, string Summary, string Reason)> methods = [];

    /// <summary>The name of the method that computes the kernel.</summary>
    public string Add(Kernel kernel, CpuMethod method, string summary)
    {
        if (!names.TryGetValue(method.Signature, out var name))
        {
            name = kernel.Name;
            for (var i = 2; !taken.Add(name); i++)
            {
                name = $"{kernel.Name}{i}";
            }

            names[method.Signature] = name;
            methods.Add((name, method, summary, kernel.Reason));
        }

        return name;
    }

    public void Write(SourceWriter writer)
    {
        for (var i = 0; i < methods.Count; i++)
        {
            var (name, method, summary, reason) = methods[i];
            if (i > 0)
            {
                writer.Line();
            }

            writer.Documentation("summary", summary);
            if (reason.Length > 0)
            {
                writer.Documentation("remarks", reason);
            }

            var parameters = (method.Sequence is { } sequence ? $", int {sequence.Step}" : "") + string.Concat(method.Parameters.Select(static p => $", {p.Type} {p.Name}"));
            writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
            using (writer.Block($"static void {name}<T>(CpuWorker worker{parameters})\n    where T : struct, IMemoryLanes<T>"))
            {
                writer.Line($"var (begin, end) = worker.Share({method.Items});");
                writer.Line(method.Text.TrimEnd('\n'));
                writer.Line(method.Sequence is null ? "worker.Complete();" : "worker.Meet();");
            }
        }
    }
}
