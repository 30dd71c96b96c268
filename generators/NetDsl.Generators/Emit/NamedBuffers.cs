using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit;

/// <summary>
/// The buffers of a program as the runtime finds them: by name, in activation memory. A result has a buffer under its own name, whatever the layer
/// that computes it is called.
/// </summary>
static class NamedBuffers
{
    public static IReadOnlyList<Ir.Buffer> Of(Program program)
    {
        var results = program.Graph.Results.Where(static r => r.Kind is not (ResultKind.Gradient or ResultKind.Update)).ToList();
        var names = new HashSet<string>(results.Select(static r => r.Name));
        var named = results.Select(r => program.BufferOf(r.Value) with { Name = r.Name });
        var others = program.Buffers.Where(buffer => buffer.Name.Length > 0 && names.Add(buffer.Name));
        return [.. others.Concat(named).Where(static b => b.Space is Space.Sample or Space.Constant)];
    }

    /// <summary>The name under which the runtime finds a value.</summary>
    public static string NameOf(Program program, int value) => Of(program).First(b => b.Value == value).Name;
}
