using System.Text.RegularExpressions;
using NetDsl.Generators.Emit.Definitions;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Simt;

/// <summary>The GPU form of a program: a shared method for each kernel, and how it is launched.</summary>
/// <param name="Methods">Their names.</param>
/// <param name="Launches">How each is launched, as <c>LaunchText</c> of the library reads it.</param>
sealed record SimtKernels(IReadOnlyList<string> Methods, IReadOnlyList<string> Launches)
{
    static readonly (string Type, string Name)[] Memory =
        [("ArrayView<float>", "samples"), ("ArrayView<float>", "constants"), ("ArrayView<float>", "parameters"), ("ArrayView<float>", "gradients"), ("SimtStep", "step")];

    static readonly string Parameters = string.Join(", ", Memory.Select(static m => $"{m.Type} {m.Name}").Prepend("Index1D item"));

    /// <summary>Between the statements for a sum and the call: both read numbers of one row.</summary>
    const char Boundary = '\u001F';

    public static SimtKernels Of(Program program, SharedMembers shared)
    {
        var values = new ProgramValues(program);
        var (methods, launches) = (new List<string>(), new List<string>());
        foreach (var kernel in program.Kernels)
        {
            var body = SimtBodyWriter.Write(kernel, values);
            var form = SimtForm.Of(body.Product is null ? body.Text : $"{body.Text}{Boundary}{body.Product.Text}");
            methods.Add(body.Product is null ? Method(kernel, form, shared) : Product(kernel, form, shared));
            launches.Add(Launch(body, form));
        }

        return new(methods, launches);
    }

    static string Launch(SimtBody body, SimtForm form) => string.Join("; ", new[]
    {
        $"{Cell.Number(body.Items.ToString())}{(body.Batched ? " a sample" : "")}",
        body.Steps.Is(1) ? "" : $"{Cell.Number(body.Steps.ToString())} steps{(body.Reversed ? " reversed" : "")}",
        form.Numbers.Count > 0 ? $"[{string.Join(", ", form.Numbers.Select(static n => Cell.Number(Narrow(n))))}]" : "",
        body.Product?.Sums ?? "",
    }.Where(static part => part.Length > 0));

    /// <summary>Places are counted with 64 bits. A GPU's program has 32: its device refuses what needs more.</summary>
    static string Narrow(string number) => number.Contains("Place") ? $"unchecked((int)({number}))" : number;

    /// <summary>A product: a struct that is given the sums, and the call of the library.</summary>
    static string Product(Kernel kernel, SimtForm form, SharedMembers shared)
    {
        var parts = form.Text.Split(Boundary);
        var read = Memory.Where(m => Regex.IsMatch(parts[0], $@"\b{m.Name}\b") || (m.Name == "step" && parts[0].Contains("n["))).ToList();
        var writer = new SourceWriter();
        writer.Documentation("summary", $"What becomes of the sums of products: {KernelForm.Operators(kernel)}.");
        using (writer.Block($"public readonly struct {SharedMember.Placeholder}({string.Join(", ", read.Select(static m => $"{m.Type} {m.Name}"))}) : ISimtResults"))
        using (writer.Block("public void Store(int sample, int i, int channel, float sum)"))
        {
            Statements(writer, parts[0]);
        }

        var results = shared.Add(SharedClass.SimtKernels, $"{KernelForm.Name(kernel)}Results", writer.ToString());
        var call = parts[1].Replace(SimtProductCall.Results, $"new {results}({string.Join(", ", read.Select(static m => m.Name))})");
        return Method(kernel, form with { Text = call }, shared);
    }

    static void Statements(SourceWriter writer, string text)
    {
        if (text.Contains("n["))
        {
            writer.Line("var n = step.Numbers;");
        }

        writer.Line(text.TrimEnd('\n'));
    }

    static string Method(Kernel kernel, SimtForm form, SharedMembers shared)
    {
        var writer = new SourceWriter();
        writer.Documentation("summary", $"{KernelForm.Operators(kernel)}.");
        using (writer.Block($"public static void {SharedMember.Placeholder}({Parameters})"))
        {
            Statements(writer, form.Text);
        }

        return shared.Add(SharedClass.SimtKernels, KernelForm.Name(kernel), writer.ToString());
    }
}
