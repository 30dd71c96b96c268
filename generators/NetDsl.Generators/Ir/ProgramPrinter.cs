using System.Text;

namespace NetDsl.Generators.Ir;

/// <summary>
/// Writes a program's plan as text, for snapshots and <c>netdsl inspect --plan</c>: its kernels with their equations (a value that is only ever in registers
/// is marked with <c>·</c>), then its buffers.
/// </summary>
static class ProgramPrinter
{
    public static string Print(Program program)
    {
        var text = new StringBuilder();
        text.Append(program.Mode == ProgramMode.Train ? "train " : "predict ").Append(program.Graph.Name).Append(" in ").Append(program.Layout.ToString().ToLowerInvariant())
            .Append($": {FreeSizes.Bare(program.SampleSize.ToString())} floats a sample, {FreeSizes.Bare(program.ConstantSize.ToString())} constant, {program.ParameterSize} of parameters\n");
        for (var i = 0; i < program.Kernels.Count; i++)
        {
            if (i == program.EvaluationStart)
            {
                text.Append("\nonly for evaluation:\n");
            }

            Append(text, i, program.Kernels[i]);
        }

        text.Append("\nbuffers:\n");
        foreach (var buffer in program.Buffers)
        {
            Append(text, buffer);
        }

        return text.ToString();
    }

    static void Append(StringBuilder text, int index, Kernel kernel)
    {
        text.Append($"\n{index} {kernel.Name}{(kernel.Backward ? " (backward)" : "")}: {kernel.Reason}\n");
        foreach (var node in kernel.Nodes)
        {
            text.Append(kernel.Stores.Contains(node.Result) ? "    " : "  · ").Append(GraphPrinter.Print(node)).Append('\n');
        }
    }

    static void Append(StringBuilder text, Buffer buffer)
    {
        var part = buffer.Alias < 0 ? "" : $" in %{buffer.Alias}";
        text.Append($"  %{buffer.Value} {buffer.Name} {buffer.Type.Symbolic}: {buffer.Space.ToString().ToLowerInvariant()} {FreeSizes.Bare(buffer.Offset.ToString())} … {FreeSizes.Bare((buffer.Offset + buffer.Size).ToString())}{part}, kernels {buffer.FirstUse} … {buffer.LastUse}\n");
    }
}
