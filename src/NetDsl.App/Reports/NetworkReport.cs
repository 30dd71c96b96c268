using System.Globalization;
using NetDsl.Runtime;

namespace NetDsl.App;

/// <summary>What the compiler knows of one program of a network, as text.</summary>
sealed class NetworkReport
{
    readonly NetworkDefinition definition;
    readonly ProgramDefinition program;
    readonly bool training;
    readonly TextWriter output;

    /// <exception cref="UserException">The network has no such program.</exception>
    public NetworkReport(NetworkEntry network, bool training, TextWriter output)
    {
        (definition, this.training, this.output) = (network.Definition, training, output);
        program = network.ProgramFor(training);
    }

    /// <summary>
    /// The layers in order; multiply-adds are those of one sample on the way forward, as papers count them. The training program has the layers that only the
    /// loss needs as well, and says what the way back adds.
    /// </summary>
    public void WriteLayers()
    {
        LayerDefinition[] layers = [.. definition.Layers.Where(layer => training || !layer.TrainingOnly)];
        var table = new TextTable("name", "operator", "output", ">parameters", ">MACs");
        foreach (var layer in layers)
        {
            table.Add(layer.Name, layer.Operator, Batched(layer.Output), Number(layer.Parameters), Number(layer.MultiplyAdds));
        }

        table.Write(output);
        if (training)
        {
            output.WriteLine($"backward {Number(program.Kernels.Where(kernel => kernel.Backward).Sum(kernel => kernel.MultiplyAdds))} MACs");
        }

        output.WriteLine($"total {Number(layers.Sum(layer => layer.Parameters))} parameters  {Number(layers.Sum(layer => layer.MultiplyAdds))} MACs");
    }

    /// <summary>The buffers by place; bytes are those of one sample where there is one for each sample.</summary>
    public void WritePlan()
    {
        var table = new TextTable("value", "shape", "arena", ">offset", ">bytes", "kernels");
        foreach (var buffer in program.Buffers.OrderByDescending(buffer => buffer.Batched).ThenBy(buffer => buffer.Offset).ThenBy(buffer => buffer.FirstUse))
        {
            table.Add(
                buffer.Name,
                buffer.Batched ? Batched(buffer.Shape) : Plain(buffer.Shape),
                buffer.Batched ? "sample" : "constant",
                Number(buffer.Offset * sizeof(float)),
                Number((long)buffer.Count * sizeof(float)),
                $"{buffer.FirstUse}–{buffer.LastUse}");
        }
        table.Write(output);
        output.WriteLine(
            $"total {Number(program.SampleSize * sizeof(float))} bytes a sample  {Number(program.ConstantSize * sizeof(float))} bytes once  {Number(definition.ParameterSize * sizeof(float))} bytes of parameters");
    }

    /// <summary>The kernels in the order in which they run.</summary>
    public void WriteKernels()
    {
        for (var i = 0; i < program.Kernels.Count; i++)
        {
            var kernel = program.Kernels[i];
            if (!training && i == program.EvaluationStart)
            {
                output.WriteLine("— only for the loss and the metrics:");
            }

            output.WriteLine($"{i,3} {kernel.Name}  ({kernel.Layer}{(kernel.Backward ? ", backward" : "")}, {Number(kernel.MultiplyAdds)} MACs a sample)");
            output.WriteLine($"    {kernel.Description.ReplaceLineEndings("\n    ")}");
        }
        output.WriteLine($"total {program.Kernels.Count} kernels  {Number(program.MultiplyAdds)} MACs");
    }

    /// <summary>The graph in the compiler's text form.</summary>
    public void WriteGraph() => output.WriteLine(definition.Graph.TrimEnd());

    static string Batched(IReadOnlyList<int> shape) => $"[{string.Join(", ", shape.Select(size => $"{size}").Prepend("N"))}]";

    static string Plain(IReadOnlyList<int> shape) => $"[{string.Join(", ", shape)}]";

    static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
