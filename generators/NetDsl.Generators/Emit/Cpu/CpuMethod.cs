using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>An emitted method, without its name: kernels with equal methods share one.</summary>
/// <param name="Parameters">The memory it works on: a pointer each.</param>
/// <param name="Items">C# for the number of items the workers share.</param>
/// <param name="Text">The statements.</param>
sealed record CpuMethod(EquatableArray<CpuParameter> Parameters, string Items, string Text)
{
    /// <summary>What makes two methods one: values differ from call to call.</summary>
    public string Signature => $"{string.Join(", ", Parameters.Select(static p => p.Name))}\n{Text}";
}

/// <summary>A pointer parameter and the value that this kernel passes for it.</summary>
sealed record CpuParameter(string Name, int Value);
