using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Simt;

/// <summary>Writes the kernels of one program as a nested class. A body that several kernels share, but for offsets, is written once.</summary>
sealed class SimtProgramWriter
{
    const string Arenas = "ArrayView<float> samples, ArrayView<float> constants, ArrayView<float> parameters, ArrayView<float> gradients, SimtStep step";

    readonly SourceWriter writer;
    readonly Program program;
    readonly ProgramValues values;
    readonly List<(Kernel Kernel, SimtBody Body)> kernels;
    readonly ILookup<string, (Kernel Kernel, SimtBody Body)> equal;

    SimtProgramWriter(SourceWriter writer, Program program)
    {
        (this.writer, this.program) = (writer, program);
        values = new(program);
        kernels = [.. program.Kernels.Select(kernel => (kernel, SimtBodyWriter.Write(kernel, values, shared: true)))];
        equal = kernels.ToLookup(static k => k.Body.Text);
    }

    public static void Write(SourceWriter writer, string name, string summary, Program program)
    {
        writer.Documentation("summary", summary);
        using (writer.Block($"static class {name}"))
        {
            var kernels = new SimtProgramWriter(writer, program);
            kernels.Create();
            kernels.Methods();
        }
    }

    void Create()
    {
        writer.Documentation("summary", "The kernels in the order in which they run.");
        using (writer.List("public static SimtProgram Create() => new(", "]);"))
        {
            foreach (var (kernel, body) in kernels)
            {
                var steps = body.Steps == 1 ? "" : $", Steps: {body.Steps}{(body.Reversed ? ", Reversed: true" : "")}";
                writer.Line($"new(\"{kernel.Name}\", {kernel.Name}, Items: {body.Items}, Batched: {Literal.Of(body.Batched)}{steps}),");
            }
        }
    }

    void Methods()
    {
        foreach (var (kernel, body) in kernels)
        {
            var same = equal[body.Text].ToList();
            var shared = IsShorterShared(body.Text, same.Count);
            if (shared && same[0].Kernel == kernel)
            {
                Shared(same);
            }

            writer.Line();
            Describe(kernel);
            if (shared)
            {
                writer.Line($"static void {kernel.Name}(Index1D item, {Arenas}) =>");
                using (writer.Indent())
                {
                    var arguments = body.Parameters.Select(static p => $"{p.Name}: {p.Literal}").Prepend("step").ToList();
                    writer.Line($"{SharedName(same[0].Kernel)}(item, samples, constants, parameters, gradients, {string.Join(", ", arguments)});");
                }

                continue;
            }

            using (writer.Block($"static void {kernel.Name}(Index1D item, {Arenas})"))
            {
                writer.Line(SimtBodyWriter.Write(kernel, values, shared: false).Text.TrimEnd('\n'));
            }
        }
    }

    void Shared(List<(Kernel Kernel, SimtBody Body)> same)
    {
        var (kernel, body) = same[0];
        writer.Line();
        writer.Documentation("summary", $"{string.Join(" → ", kernel.Nodes.Select(static n => n.Operator.Name))}: the {same.Count} kernels of this form differ only in where their operands lie.");
        var parameters = string.Concat(body.Parameters.Select(static p => $", {p.Type} {p.Name}"));
        using (writer.Block($"static void {SharedName(kernel)}(Index1D item, {Arenas}{parameters})"))
        {
            writer.Line(body.Text.TrimEnd('\n'));
        }
    }

    void Describe(Kernel kernel)
    {
        writer.Documentation("summary", KernelSummary.Of(kernel, values));
        var work = KernelSummary.MultiplyAdds(kernel) is > 0 and var count ? $"{Literal.Grouped(count)} multiply-adds a sample." : "";
        var remarks = string.Join(" ", new[] { kernel.Reason, work }.Where(static text => text.Length > 0));
        if (remarks.Length > 0)
        {
            writer.Documentation("remarks", remarks);
        }
    }

    /// <summary>A shared body costs five lines, and one for each kernel that calls it.</summary>
    static bool IsShorterShared(string body, int kernels) => (kernels - 1) * body.Count(static c => c == '\n') > kernels + 4;

    /// <summary>Named after the first of the kernels.</summary>
    static string SharedName(Kernel kernel) => $"{kernel.Name}AndAlike";
}
