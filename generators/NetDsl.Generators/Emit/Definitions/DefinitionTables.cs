using NetDsl.Generators.Emit.Cpu.Channels;
using NetDsl.Generators.Emit.Simt;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Definitions;

/// <summary>The tables of a definition, in C#. <c>DefinitionTable</c> of the library reads them and says what stands in their columns.</summary>
static class DefinitionTables
{
    public static string Inputs(Graph graph)
    {
        var prediction = NetworkInputs.OfPrediction(graph);
        return TableText.Of("Inputs", ["name", "shape"], [.. graph.Inputs.Select(input => Row(
            Cell.Of(input.Name),
            Cell.Shape(input.Type.Sizes),
            input.Kind == InputKind.Labels ? "labels" : "",
            input.Kind == InputKind.Labels && NetworkInputs.Classes(graph, input) is > 0 and var classes ? $"classes {classes}" : "",
            input.Kind == InputKind.Labels && NetworkInputs.IgnoredLabel(graph, input) is { } label ? $"ignored {label}" : "",
            prediction.Contains(input) != (input.Kind == InputKind.Labels) ? "" : prediction.Contains(input) ? "in predictions" : "in evaluation"))]);
    }

    public static string Parameters(Graph graph, Program? train, Program predict)
    {
        var factors = Factors(train);
        return TableText.Of("Parameters", ["name", "shape", "offset", "initializer"], [.. graph.Parameters.Select((parameter, i) => Row(
            Cell.Of(parameter.Path),
            Cell.Shape(parameter.Type.Sizes),
            $"{predict.ParameterOffsets[i]}",
            $"{parameter.Initializer}",
            parameter.InitializerValue == 0 ? "" : $"value {Cell.Of(parameter.InitializerValue)}",
            parameter.LearningRate == 1 ? "" : $"rate {Cell.Of(parameter.LearningRate)}",
            parameter.WeightDecay == 1 ? "" : $"decay {Cell.Of(parameter.WeightDecay)}",
            parameter.Frozen ? "frozen" : "",
            factors.TryGetValue(parameter.Path, out var pair) ? $"dy {Cell.Of(pair.Dy)}" : "",
            factors.TryGetValue(parameter.Path, out pair) ? $"x {Cell.Of(pair.X)}" : ""))]);
    }

    /// <summary>The buffers whose product a parameter's gradient is, where a step need not store it.</summary>
    static Dictionary<string, (string Dy, string X)> Factors(Program? train)
    {
        var factors = new Dictionary<string, (string, string)>();
        foreach (var node in train?.Kernels.Where(static k => k.IsFactored).Select(static k => k.Nodes[0]) ?? [])
        {
            var path = train!.Graph.Results.First(r => r.Kind == ResultKind.Gradient && r.Value == node.Result).Name;
            factors[path] = (Name(node.Operands[0]), Name(node.Operands[1]));
        }

        return factors;

        string Name(int value) => NamedBuffers.NameOf(train!, value);
    }

    public static string Layers(Graph graph) =>
        TableText.Of("Layers", ["name", "operator", "shape", "parameters", "multiply-adds"], [.. SummaryTable.Rows(graph).Select(static row => Row(
            Cell.Of(row.Name), row.Operator, Cell.Shape(row.Output.Sizes), $"{row.Parameters}", Cell.Of(row.MultiplyAdds), row.TrainingOnly ? "training only" : ""))]);

    public static string Buffers(Program program) =>
        TableText.Of("Buffers", ["name", "shape", "offset", "first use", "last use"], [.. NamedBuffers.Of(program).Select(static buffer => Row(
            Cell.Of(buffer.Name), Cell.Shape(buffer.Type), Cell.Of(buffer.Offset), $"{buffer.FirstUse}", $"{buffer.LastUse}", buffer.Type.Storage == Storage.Blocks ? "in blocks" : ""))]);

    public static string Kernels(Program program, SimtKernels? simt)
    {
        var values = new ProgramValues(program);
        return TableText.Of("Kernels", ["name", "layer", "direction", "multiply-adds", "description | on a GPU"], [.. program.Kernels.Select((kernel, i) => Row(
            Cell.Of(kernel.Name), Cell.Of(kernel.Layer), kernel.Backward ? "backward" : "forward", Cell.Of(KernelSummary.MultiplyAdds(kernel)), $"{Description(program, kernel, values)} | {simt?.Launches[i] ?? "-"}"))]);
    }

    public static string Updates(Program program, IEnumerable<Result> updates)
    {
        var parameters = program.Graph.Parameters.ToList();
        return TableText.Of("Updates", ["path", "from", "to", "count"], [.. updates.Select(update => Row(
            Cell.Of(update.Name),
            Cell.Of(program.BufferOf(update.Value).Offset),
            $"{program.ParameterOffsets[parameters.FindIndex(p => p.Path == update.Name)]}",
            Cell.Of(program.BufferOf(update.Value).Type.Count)))]);
    }

    static string Description(Program program, Kernel kernel, ProgramValues values)
    {
        var notes = new[] { $"{KernelSummary.Of(kernel, values)}.", kernel.Reason, ConvolutionCall.Note(program, kernel) };
        return Cell.Of(string.Join(" ", notes.Where(static t => t.Length > 0)));
    }

    /// <summary>The columns, without the optional ones that are empty.</summary>
    static string[] Row(params string[] cells) => [.. cells.Where(static cell => cell.Length > 0)];
}
