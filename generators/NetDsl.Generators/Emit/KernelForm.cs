using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit;

/// <summary>What kernels of one form have in common, in words: their operators, not their layers.</summary>
static class KernelForm
{
    /// <summary>Operators that a name mentions.</summary>
    const int Mentioned = 3;

    /// <summary><c>MaxPool → ReLU</c>, <c>gradient of Conv by weight</c>.</summary>
    public static string Operators(Kernel kernel) =>
        string.Join(" → ", kernel.Nodes.Select(static n => n.Member.IsForward ? n.Operator.Name : $"gradient of {n.Operator.Name} by {n.Target}"));

    /// <summary><c>MaxPoolReLU</c>, <c>ConvByWeight</c>.</summary>
    public static string Name(Kernel kernel) =>
        string.Concat(kernel.Nodes.Take(Mentioned).Select(static n => n.Member.IsForward ? Pascal(n.Operator.Name) : $"{Pascal(n.Operator.Name)}By{Pascal(n.Target)}"));

    /// <summary>An operator's name as a part of a C# name.</summary>
    public static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);
}
