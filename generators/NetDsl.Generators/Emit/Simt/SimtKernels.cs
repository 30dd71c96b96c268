using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Simt;

/// <summary>The kernels of a network's programs and their methods: one for each form that several kernels have, in whichever program, and one for every other kernel.</summary>
sealed class SimtKernels
{
    const string Parameters = "Index1D item, ArrayView<float> samples, ArrayView<float> constants, ArrayView<float> parameters, ArrayView<float> gradients, SimtStep step";

    readonly List<(string Name, string Summary, List<Entry> Kernels)> programs = [];
    readonly Dictionary<string, string> forms = new(StringComparer.Ordinal);
    readonly LocalNames names = new(["Create", "CreateTrain", "CreatePredict"]);

    public void Add(string name, string summary, Program program)
    {
        var values = new ProgramValues(program);
        programs.Add((name, summary, [.. program.Kernels.Select(kernel =>
        {
            var body = SimtBodyWriter.Write(kernel, values, shared: true);
            return new Entry(kernel, values, body, SimtForm.Of(body.Text));
        })]));
    }

    public void Write(SourceWriter writer)
    {
        var kernels = programs.SelectMany(static p => p.Kernels).ToList();
        var uses = kernels.GroupBy(static k => k.Form.Text).ToDictionary(static g => g.Key, static g => g.Count(), StringComparer.Ordinal);
        var methods = new List<Action>();
        foreach (var (name, summary, entries) in programs)
        {
            writer.Line();
            writer.Documentation("summary", summary);
            using (writer.List($"static SimtProgram {name}() => new(", "]);"))
            {
                foreach (var kernel in entries)
                {
                    var shared = uses[kernel.Form.Text] > 1;
                    var known = forms.TryGetValue(kernel.Form.Text, out var method);
                    if (!known)
                    {
                        method = forms[kernel.Form.Text] = shared ? Named(kernel.Kernel) : names.Add(kernel.Kernel.Name);
                        methods.Add(() => WriteMethod(writer, kernel, method!, shared ? uses[kernel.Form.Text] : 1));
                    }

                    WriteRow(writer, kernel, method!, shared);
                }
            }
        }

        methods.ForEach(static write => write());
    }

    static void WriteRow(SourceWriter writer, Entry entry, string method, bool shared)
    {
        var body = entry.Body;
        var steps = body.Steps == 1 ? "" : $", Steps: {body.Steps}{(body.Reversed ? ", Reversed: true" : "")}";
        var numbers = shared && entry.Form.Numbers.Count > 0 ? $", Numbers: [{string.Join(", ", entry.Form.Numbers)}]" : "";
        writer.Line($"new(\"{entry.Kernel.Name}\", {method}, Items: {body.Items}, Batched: {Literal.Of(body.Batched)}{steps}{numbers}), // {KernelSummary.Of(entry.Kernel, entry.Values)}");
    }

    static void WriteMethod(SourceWriter writer, Entry entry, string name, int uses)
    {
        writer.Line();
        if (uses == 1)
        {
            writer.Documentation("summary", KernelSummary.Of(entry.Kernel, entry.Values));
            if (entry.Kernel.Reason.Length > 0)
            {
                writer.Documentation("remarks", entry.Kernel.Reason);
            }
        }
        else
        {
            writer.Documentation("summary", $"{Operators(entry.Kernel, " → ")}, of {uses} kernels: they differ in the numbers of their rows.");
        }

        using (writer.Block($"static void {name}({Parameters})"))
        {
            if (uses > 1 && entry.Form.Numbers.Count > 0)
            {
                writer.Line("var n = step.Numbers;");
            }

            writer.Line((uses > 1 ? entry.Form.Text : SimtBodyWriter.Write(entry.Kernel, entry.Values, shared: false).Text).TrimEnd('\n'));
        }
    }

    string Named(Kernel kernel) => names.Add($"{Operators(kernel, " ")} kernel");

    static string Operators(Kernel kernel, string separator) => string.Join(separator, kernel.Nodes.Take(4).Select(n =>
        n.Member.IsForward ? n.Operator.Name : separator == " " ? $"{n.Operator.Name} by {n.Target}" : $"gradient of {n.Operator.Name} by {n.Target}"));

    sealed record Entry(Kernel Kernel, ProgramValues Values, SimtBody Body, SimtForm Form);
}
