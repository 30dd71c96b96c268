using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit;

/// <summary>Writes <c>Name.g.cs</c>: what the compiler adds to the user's class. Names in it are written in full, since they stand among the user's own.</summary>
static class ApiEmitter
{
    /// <summary>Rows of the layer table that a tooltip shows.</summary>
    const int RemarksRows = 30;

    public static string Emit(Graph graph, Program? train, Program predict, bool hasBatchProgram = false)
    {
        var writer = new SourceWriter();
        EmittedFile.BeginApi(writer, graph);
        Remarks(writer, graph, train, predict);
        using (writer.Block($"partial class {graph.Name} : global::NetDsl.Runtime.Network"))
        {
            Constants(writer, graph, train);
            Constructors(writer, graph, train);
            if (train is not null)
            {
                TrainStep(writer, graph);
                Evaluate(writer, graph);
            }

            Predict(writer, graph);
            Programs(writer, graph, train, hasBatchProgram);
            if (graph.IsFree)
            {
                writer.Line($"\n{SizesEmitter.Name(graph)} Sizes => ({SizesEmitter.Name(graph)})((global::NetDsl.Runtime.Network)this).Definition.Sizes!;");
            }
        }

        return writer.ToString();
    }

    static void Remarks(SourceWriter writer, Graph graph, Program? train, Program predict)
    {
        var lines = SummaryTable.Text(graph).Split('\n').ToList();
        if (lines.Count > RemarksRows + 2)
        {
            var left = lines.Count - RemarksRows - 2;
            lines.RemoveRange(RemarksRows + 1, left);
            lines.Insert(RemarksRows + 1, $"… {left} more in {graph.Name}.LayerTable");
        }

        var memory = train is null
            ? $"Activations: {Literal.Grouped(predict.SampleSize.Value * 4)} bytes a sample."
            : $"Activations: {Literal.Grouped(train.SampleSize.Value * 4)} bytes a sample in training, {Literal.Grouped(predict.SampleSize.Value * 4)} in prediction.";
        writer.Line("/// <remarks>\n/// <code>");
        lines.ForEach(line => writer.Line($"/// {SourceWriter.Xml(line)}"));
        writer.Line($"/// </code>\n/// {memory}\n/// </remarks>");
    }

    static void Constants(SourceWriter writer, Graph graph, Program? train)
    {
        writer.Documentation("summary", "How many numbers are trained or frozen: the elements of all parameters.");
        writer.Line($"public const long ParameterCount = {SummaryTable.ParameterCount(graph)};\n");
        writer.Documentation("summary", "The layers: output shape, parameters, multiply-adds and output bytes for one sample.");
        writer.Line($"public const string LayerTable = {Literal.Of(SummaryTable.Text(graph))};\n");

        if (train is not null)
        {
            Bytes(writer, "TrainBytes", "train", training: true, graph.IsFree);
        }

        Bytes(writer, "PredictBytes", "predict", training: false, graph.IsFree);
    }

    static void Bytes(SourceWriter writer, string name, string purpose, bool training, bool isFree)
    {
        writer.Line($"/// <summary>Bytes that a network needs to {purpose} with batches of <paramref name=\"batch\"/> samples, parameters included.</summary>");
        writer.Line($"public static long {name}(int batch) => Definition.Bytes(training: {Literal.Of(training)}, batch);\n");
        if (isFree)
        {
            writer.Line($"/// <summary>As <see cref=\"{name}(int)\"/>, at another height and width than the declaration names.</summary>");
            writer.Line($"public static long {name}(int batch, int height, int width) => DefinitionAt(height, width).Bytes(training: {Literal.Of(training)}, batch);\n");
        }
    }

    static void Constructors(SourceWriter writer, Graph graph, Program? train)
    {
        var (height, width) = graph.Reference;
        Constructor(writer, graph, train, "", graph.IsFree ? $"Takes the planned memory, for a height and width of {height}×{width}." : "Takes the planned memory.", "Definition");
        if (graph.IsFree)
        {
            Constructor(writer, graph, train, ", int height, int width", "Takes the memory for a height and width: the layers' sizes and the plan follow from them.", "DefinitionAt(height, width)");
        }
    }

    static void Constructor(SourceWriter writer, Graph graph, Program? train, string size, string summary, string definition)
    {
        var (parameter, argument) = train is null ? ("", "training: false") : (", bool training = true", "training");
        writer.Line($"/// <summary>{summary} The parameters are unset until they are initialised or loaded.</summary>");
        writer.Line("/// <param name=\"device\">Where it runs. The network does not own it.</param>\n/// <param name=\"batch\">Samples of a training step, and the most of a prediction; at least 1.</param>");
        if (size.Length > 0)
        {
            writer.Line("/// <param name=\"height\">The height that the declaration leaves free.</param>\n/// <param name=\"width\">The width that it leaves free.</param>");
        }

        if (train is not null)
        {
            writer.Line("/// <param name=\"training\">Whether it trains; false takes the memory for predictions only.</param>");
        }

        if (size.Length > 0)
        {
            writer.Line("/// <exception cref=\"global::System.ArgumentException\">A layer does not fit; the message says which one and why.</exception>");
        }

        writer.Line("/// <exception cref=\"global::NetDsl.Runtime.NotEnoughMemoryException\">The plan needs more memory than there is; nothing was allocated.</exception>");
        writer.Line($"public {graph.Name}(global::NetDsl.Runtime.Device device, int batch{size}{parameter})");
        using (writer.Indent())
        {
            writer.Line($": base({definition}, device, batch, {argument})");
        }

        writer.Line("{\n}\n");
    }

    static void TrainStep(SourceWriter writer, Graph graph)
    {
        var solver = new LocalNames(graph.Inputs.Select(static i => i.Name)).Add("solver");
        writer.Line("/// <summary>One step of training: forward, loss, backward, update. Allocates nothing.</summary>");
        InputDocumentation(writer, graph, graph.Inputs);
        writer.Line($"/// <param name=\"{solver}\">Turns gradients into updates.</param>\n/// <returns>The loss, before the update.</returns>");
        Errors(writer, "The inputs are not a full batch, or the parameters were never set.");
        writer.Line("/// <exception cref=\"global::NetDsl.Runtime.NonFiniteException\">A NaN or an infinity appeared; the message names the layer where it began. The parameters are as before.</exception>");
        using (writer.Block($"public float TrainStep({InputParameters(graph.Inputs)}, global::NetDsl.Solvers.Solver {solver})"))
        {
            SetInputs(writer, graph, graph.Inputs);
            writer.Line($"return Step({solver});");
        }

        writer.Line();
    }

    static void Evaluate(SourceWriter writer, Graph graph)
    {
        var metrics = graph.Results.Where(static r => r.Kind == ResultKind.Metric).Select(static r => $"<c>Scalar(\"{SourceWriter.Xml(r.Name)}{(r.Figures == 1 ? "" : "[0]")}\")</c>").ToList();
        writer.Line("/// <summary>Computes loss and metrics of one batch, as in prediction, and changes nothing. Allocates nothing.</summary>");
        InputDocumentation(writer, graph, graph.Inputs);
        writer.Line($"/// <returns>The loss.{(metrics.Count == 0 ? "" : $" For the metrics, see {string.Join(", ", metrics)}.")}</returns>");
        Errors(writer, "The inputs differ in their number of samples, or the parameters were never set.");
        using (writer.Block($"public float Evaluate({InputParameters(graph.Inputs)})"))
        {
            SetInputs(writer, graph, graph.Inputs);
            writer.Line("Evaluate();");
            writer.Line($"return Scalar({Literal.Of(graph.Results.First(static r => r.Kind == ResultKind.Loss).Name)});");
        }

        writer.Line();
    }

    static void Predict(SourceWriter writer, Graph graph)
    {
        var inputs = NetworkInputs.OfPrediction(graph);
        var outputs = graph.Results.Where(static r => r.Kind == ResultKind.Output).ToList();
        var types = graph.Nodes.ToDictionary(static n => n.Result, static n => n.Type);
        foreach (var input in graph.Inputs)
        {
            types[input.Value] = input.Type;
        }

        writer.Line("/// <summary>Computes the outputs of one batch. Allocates nothing.</summary>");
        InputDocumentation(writer, graph, inputs, ", scaled as in training");
        var others = outputs.Count == 1 ? "" : $" The others are {string.Join(", ", outputs.Skip(1).Select(o => $"<c>Output(\"{o.Name}\")</c>, {types[o.Value]}"))}.";
        writer.Line($"/// <returns><c>{outputs[0].Name}</c>, {types[outputs[0].Value]}, row-major; valid until the next call.{others}</returns>");
        Errors(writer, "The parameters were never set.");
        using (writer.Block($"public global::System.ReadOnlySpan<float> Predict({InputParameters(inputs)})"))
        {
            SetInputs(writer, graph, inputs);
            writer.Line("return RunPrediction();");
        }

        writer.Line();
    }

    static void Programs(SourceWriter writer, Graph graph, Program? train, bool hasBatchProgram)
    {
        var sizes = graph.IsFree ? ", Sizes" : "";
        Program(writer, "void Train<T>(global::NetDsl.Runtime.CpuWorker worker)", train is null
            ? $"throw new global::System.InvalidOperationException(\"{graph.Name} has no Loss, so it cannot be trained.\")"
            : $"{graph.Name}Cpu.Train<T>(worker{sizes})");
        writer.Line();
        if (train?.Kernels.Any(static k => k.IsFactored) == true)
        {
            Program(writer, "void TrainFactored<T>(global::NetDsl.Runtime.CpuWorker worker)", $"{graph.Name}Cpu.TrainFactored<T>(worker{sizes})");
            writer.Line();
        }

        Program(writer, "void Predict<T>(global::NetDsl.Runtime.CpuWorker worker)", $"{graph.Name}Cpu.Predict<T>(worker{sizes})");
        writer.Line();
        if (hasBatchProgram)
        {
            Program(writer, "void PredictBatch<T>(global::NetDsl.Runtime.CpuWorker worker)", $"{graph.Name}Cpu.PredictBatch<T>(worker{sizes})");
            writer.Line();
        }

        Program(writer, "global::NetDsl.Runtime.SimtProgram CreateSimtProgram(bool training)", $"{graph.Name}Simt.Create(training{(graph.IsFree ? ", ((global::NetDsl.Runtime.Network)this).Definition" : "")})");
    }

    static void Program(SourceWriter writer, string signature, string body)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Line($"protected override {signature} => {body};");
    }

    static void InputDocumentation(SourceWriter writer, Graph graph, IEnumerable<Input> inputs, string scale = "")
    {
        foreach (var input in inputs)
        {
            var size = input.Type.Count;
            var count = size.Is(1) ? "one number a sample" : size.IsFree ? $"{FreeSizes.Bare(size.ToString())} numbers a sample" : $"{Literal.Grouped(size.Value)} numbers a sample";
            var meaning = input.Kind == InputKind.Labels
                ? $"{Classes(graph, input)}, {input.Type}, row-major: {count}"
                : $"{input.Type}, row-major{(input.Type.Sizes.Count == 3 ? " (NCHW)" : "")}: {count}{scale}";
            writer.Line($"/// <param name=\"{input.Name}\">{meaning}.</param>");
        }
    }

    static string Classes(Graph graph, Input labels)
    {
        var classes = NetworkInputs.Classes(graph, labels) is > 0 and var count ? $"Class indices from 0 to {count - 1}" : "Class indices from 0";
        return NetworkInputs.IgnoredLabel(graph, labels) is { } ignored ? $"{classes}, or {ignored} to ignore" : classes;
    }

    static void Errors(SourceWriter writer, string state)
    {
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">An input is not a whole number of samples between 1 and the batch, or a label is no class.</exception>");
        writer.Line($"/// <exception cref=\"global::System.InvalidOperationException\">{state}</exception>");
    }

    static string InputParameters(IEnumerable<Input> inputs) => string.Join(", ", inputs.Select(static input =>
        $"global::System.ReadOnlySpan<{(input.Kind == InputKind.Labels ? "int" : "float")}> {Literal.Identifier(input.Name)}"));

    static void SetInputs(SourceWriter writer, Graph graph, IEnumerable<Input> inputs)
    {
        foreach (var input in inputs)
        {
            var index = graph.Inputs.ToList().IndexOf(input);
            writer.Line($"{(input.Kind == InputKind.Labels ? "SetLabels" : "SetInput")}({index}, {Literal.Identifier(input.Name)});");
        }
    }
}
