using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Simt;

/// <summary>The GPU form of a program: a shared method for each kernel, and how it is launched.</summary>
/// <param name="Methods">Their names.</param>
/// <param name="Launches">C# that makes a <c>SimtLaunch</c> of each.</param>
sealed record SimtKernels(IReadOnlyList<string> Methods, IReadOnlyList<string> Launches)
{
    const string Parameters = "Index1D item, ArrayView<float> samples, ArrayView<float> constants, ArrayView<float> parameters, ArrayView<float> gradients, SimtStep step";

    public static SimtKernels Of(Program program, SharedMembers shared)
    {
        var values = new ProgramValues(program);
        var (methods, launches) = (new List<string>(), new List<string>());
        foreach (var kernel in program.Kernels)
        {
            var body = SimtBodyWriter.Write(kernel, values);
            var form = SimtForm.Of(body.Text);
            methods.Add(Method(kernel, form, shared));
            launches.Add(Launch(body, form));
        }

        return new(methods, launches);
    }

    static string Launch(SimtBody body, SimtForm form)
    {
        var steps = body.Steps.Is(1) ? "" : $", Steps: {body.Steps}{(body.Reversed ? ", Reversed: true" : "")}";
        var numbers = form.Numbers.Count > 0 ? $", Numbers: [{string.Join(", ", form.Numbers.Select(Narrow))}]" : "";
        return $"new(Items: {body.Items}, Batched: {Literal.Of(body.Batched)}{steps}{numbers})";
    }

    /// <summary>Places are counted with 64 bits. A GPU's program has 32: its device refuses what needs more.</summary>
    static string Narrow(string number) => number.Contains("Place") ? $"unchecked((int)({number}))" : number;

    static string Method(Kernel kernel, SimtForm form, SharedMembers shared)
    {
        var writer = new SourceWriter();
        writer.Documentation("summary", $"{KernelForm.Operators(kernel)}.");
        using (writer.Block($"public static void {SharedMember.Placeholder}({Parameters})"))
        {
            if (form.Numbers.Count > 0)
            {
                writer.Line("var n = step.Numbers;");
            }

            writer.Line(form.Text.TrimEnd('\n'));
        }

        return shared.Add(SharedClass.SimtKernels, KernelForm.Name(kernel), writer.ToString());
    }
}
