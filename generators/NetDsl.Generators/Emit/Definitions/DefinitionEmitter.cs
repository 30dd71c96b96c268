using NetDsl.Generators.Emit.Simt;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Definitions;

/// <summary>
/// Writes <c>Name.Definition.g.cs</c>: the network's <c>NetworkDefinition</c>, which is what the runtime and the command line know of it.
/// </summary>
static class DefinitionEmitter
{
    /// <param name="graph">The network.</param>
    /// <param name="train">Its training program, if it has a loss.</param>
    /// <param name="predict">Its prediction program.</param>
    /// <param name="predictBatch">Its prediction program for many samples, if it has one.</param>
    /// <param name="hasWorkspace">Its CPU kernels need memory beside the plan's.</param>
    /// <param name="trainSimt">The GPU form of the training program, if there is one.</param>
    /// <param name="predictSimt">That of the prediction program.</param>
    public static string Emit(Graph graph, Program? train, Program predict, Program? predictBatch, bool hasWorkspace, SimtKernels? trainSimt = null, SimtKernels? predictSimt = null)
    {
        var writer = new SourceWriter();
        EmittedFile.Begin(writer, graph);
        using (writer.Block($"partial class {graph.Name}"))
        {
            Definition(writer, graph, (train, trainSimt), (predict, predictSimt), predictBatch, hasWorkspace);
        }

        return writer.ToString();
    }

    static void Definition(
        SourceWriter writer, Graph graph, (Program? Program, SimtKernels? Simt) train, (Program Program, SimtKernels? Simt) predict, Program? predictBatch, bool hasWorkspace)
    {
        if (graph.IsFree)
        {
            FreeDefinition(writer, graph);
        }
        else
        {
            writer.Documentation("summary", "Inputs, parameters, layers, memory plan and kernels of this network.");
        }

        using (writer.Block(graph.IsFree ? $"static global::NetDsl.Runtime.NetworkDefinition Define({SizesEmitter.Name(graph)} size) => new()" : "public static new global::NetDsl.Runtime.NetworkDefinition Definition { get; } = new()", "};"))
        {
            writer.Line($"Name = {Literal.Of(graph.Name)},");
            writer.Line($"GraphHash = \"{GraphHash.Of(graph)}\",");
            if (ProcessorOnly.Reason(graph) is { } reason)
            {
                writer.Line($"ProcessorOnly = {Literal.Of(reason)},");
            }

            writer.Line($"Inputs = {DefinitionTables.Inputs(graph)}");
            writer.Line($"Parameters = {DefinitionTables.Parameters(graph, train.Program, predict.Program)}");
            writer.Line($"ParameterSize = {predict.Program.ParameterSize},");
            writer.Line($"Layers = {DefinitionTables.Layers(graph)}");
            if (train.Program is not null)
            {
                ProgramDefinition(writer, "Train", train.Program, train.Simt);
            }

            ProgramDefinition(writer, "Predict", predict.Program, predict.Simt);
            if (predictBatch is not null)
            {
                ProgramDefinition(writer, "PredictBatch", predictBatch, null);
            }

            if (hasWorkspace)
            {
                writer.Line($"Workspace = {graph.Name}Cpu.Workspace{(graph.IsFree ? "(size)" : "")},");
            }

            if (graph.IsFree)
            {
                writer.Line("Sizes = size,");
            }

            // The graph is for tools, which print it; people read the network itself.
            writer.Line($"Graph = {Literal.Of(GraphPrinter.Print(graph).TrimEnd('\n'))},");
        }
    }

    static void FreeDefinition(SourceWriter writer, Graph graph)
    {
        var (height, width) = graph.Reference;
        writer.Documentation("summary", $"Inputs, parameters, layers, memory plan and kernels of this network, for a height and width of {height}×{width}.");
        writer.Line($"public static new global::NetDsl.Runtime.NetworkDefinition Definition {{ get; }} = DefinitionAt({height}, {width});\n");
        writer.Documentation("summary", "Inputs, parameters, layers, memory plan and kernels of an instance.");
        writer.Line("/// <param name=\"height\">The height that the declaration leaves free.</param>\n/// <param name=\"width\">The width that it leaves free.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A layer does not fit; the message says which one and why.</exception>");
        writer.Line($"public static global::NetDsl.Runtime.NetworkDefinition DefinitionAt(int height, int width) => Define(new {SizesEmitter.Name(graph)}(height, width));\n");
    }

    static void ProgramDefinition(SourceWriter writer, string property, Program program, SimtKernels? simt)
    {
        using (writer.Block($"{property} = new()", "},"))
        {
            writer.Line($"Layout = global::NetDsl.Layout.{program.Layout},");
            writer.Line($"SampleSize = {program.SampleSize.Long},");
            writer.Line($"ConstantSize = {program.ConstantSize.Long},");
            writer.Line($"MultiplyAdds = {Size.Sum(program.Kernels.Select(KernelSummary.MultiplyAdds)).Long},");
            writer.Line($"Buffers = {DefinitionTables.Buffers(program)}");
            writer.Line($"Kernels = {DefinitionTables.Kernels(program, simt)}");
            writer.Line($"EvaluationStart = {program.EvaluationStart},");
            if (SampleIndependence.Holds(program))
            {
                writer.Line("SamplesApart = true,");
            }

            writer.Line($"Outputs = [{Names(program, ResultKind.Output)}],");
            // The loss first: the runtime watches it.
            writer.Line($"Scalars = [{Names(program, ResultKind.Loss, ResultKind.Metric)}],");
            Figures(writer, program);
            if (program.Graph.Results.Where(static r => r.Kind == ResultKind.Update).ToList() is { Count: > 0 } updates)
            {
                writer.Line($"Updates = {DefinitionTables.Updates(program, updates)}");
            }
        }
    }

    static void Figures(SourceWriter writer, Program program)
    {
        var figures = program.Graph.Results.Where(static r => r.Figure.Length > 0).ToList();
        if (figures.Count == 0)
        {
            return;
        }

        using (writer.List("Figures ="))
        {
            figures.ForEach(figure => writer.Line($"new({Literal.Of(figure.Name)}, Values: {figure.Figures}, {figure.Figure}),"));
        }
    }

    static string Names(Program program, params ResultKind[] kinds) => string.Join(", ", kinds.SelectMany(kind =>
        program.Graph.Results.Where(r => r.Kind == kind).Select(static r => Literal.Of(r.Name))));
}
