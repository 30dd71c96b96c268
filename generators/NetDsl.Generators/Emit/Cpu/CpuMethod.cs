using System.Text.RegularExpressions;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu;

/// <summary>A kernel in C#, its sizes marked: the body of a method that kernels of one form share, or one call of the library.</summary>
/// <param name="Parameters">The memory it works on: a pointer each.</param>
/// <param name="Items">C# for the number of items the workers share; empty for a call.</param>
/// <param name="Text">The statements.</param>
sealed record CpuMethod(EquatableArray<CpuParameter> Parameters, string Items, string Text)
{
    /// <summary>The method computes one step of a sequence.</summary>
    public CpuSequence? Sequence { get; init; }

    /// <summary>What the reader of a call is told beside the kernel's summary.</summary>
    public string Note { get; init; } = "";

    /// <summary>No method of its own is worth while: the statements are one call of the library, which the schedule makes itself.</summary>
    public bool IsCall => Items.Length == 0;

    /// <summary>The statements with addresses in place of the parameters.</summary>
    /// <param name="address">C# for what a parameter points to.</param>
    public string Inline(Func<CpuParameter, string> address) => Parameters.Aggregate(SizeMark.Value(Text), (text, parameter) =>
        Regex.Replace(text, $@"(?<![\w.]){Regex.Escape(parameter.Name)}(?!\w|:)", address(parameter).Replace("$", "$$")));
}

/// <summary>The steps that the schedule calls a method for.</summary>
/// <param name="Step">The parameter that is the step.</param>
/// <param name="Count">How many steps.</param>
/// <param name="Reversed">The last step comes first.</param>
sealed record CpuSequence(string Step, Size Count, bool Reversed)
{
    /// <summary>C# that runs through the steps.</summary>
    public string Loop => Reversed ? $"for (var {Step} = {Count - 1}; {Step} >= 0; {Step}--)" : $"for (var {Step} = 0; {Step} < {Count}; {Step}++)";
}

/// <summary>A pointer parameter, and what this kernel passes for it.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Value">The value of the plan, or -1.</param>
/// <param name="Packed">The number of the packed weight, or -1.</param>
sealed record CpuParameter(string Name, int Value, int Packed = -1);
