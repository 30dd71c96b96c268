using System.Text.RegularExpressions;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>An emitted method, without its name: kernels with equal methods share one.</summary>
/// <param name="Parameters">The memory it works on: a pointer each.</param>
/// <param name="Items">C# for the number of items the workers share.</param>
/// <param name="Text">The statements.</param>
sealed record CpuMethod(EquatableArray<CpuParameter> Parameters, string Items, string Text)
{
    /// <summary>The method computes one step of a sequence.</summary>
    public CpuSequence? Sequence { get; init; }

    /// <summary>No method of its own is worth while: the statements are one call of the library, which the schedule makes itself.</summary>
    public bool IsCall { get; init; }

    /// <summary>What makes two methods one: values differ from call to call.</summary>
    public string Signature => $"{Sequence?.Step}{string.Join(", ", Parameters.Select(static p => p.Name))}\n{Items}\n{Text}";

    /// <summary>The statements with addresses in place of the parameters.</summary>
    /// <param name="address">C# for what a parameter points to.</param>
    public string Inline(Func<CpuParameter, string> address) => Parameters.Aggregate(Text, (text, parameter) =>
        Regex.Replace(text, $@"(?<![\w.]){Regex.Escape(parameter.Name)}(?!\w|:)", address(parameter).Replace("$", "$$")));
}

/// <summary>The steps that the schedule calls a method for.</summary>
/// <param name="Step">The parameter that is the step.</param>
/// <param name="Count">How many steps.</param>
/// <param name="Reversed">The last step comes first.</param>
sealed record CpuSequence(string Step, int Count, bool Reversed)
{
    /// <summary>C# that runs through the steps.</summary>
    public string Loop => Reversed ? $"for (var {Step} = {Count - 1}; {Step} >= 0; {Step}--)" : $"for (var {Step} = 0; {Step} < {Count}; {Step}++)";
}

/// <summary>A pointer parameter and the value that this kernel passes for it, or C# for memory that is no value, or for a number.</summary>
sealed record CpuParameter(string Name, int Value, string Address = "", string Type = "float*");
