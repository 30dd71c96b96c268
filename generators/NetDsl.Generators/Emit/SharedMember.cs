using System.Globalization;

namespace NetDsl.Generators.Emit;

/// <summary>The two emitted classes that the networks of a project share.</summary>
enum SharedClass
{
    /// <summary>Methods and epilogues for the processor.</summary>
    CpuKernels,

    /// <summary>Kernels for a GPU.</summary>
    SimtKernels,
}

/// <summary>
/// A method or a type that networks share. Its name ends with a number made of its text: equal texts meet under one name, and a network knows the name without
/// knowing the others.
/// </summary>
/// <param name="Class">Where it stands.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Text">The member, documentation included.</param>
sealed record SharedMember(SharedClass Class, string Name, string Text)
{
    /// <summary>Stands for the name in a text that is to be named.</summary>
    public const string Placeholder = "⟦⟧";

    /// <summary>Digits of the number. Only members of one meaning can meet by chance, and a project has a few dozen of each at most.</summary>
    const int Digits = 8;

    public static SharedMember Of(SharedClass owner, string meaning, string text)
    {
        var name = $"{meaning}_{Fnv.Hash(text).ToString("x16", CultureInfo.InvariantCulture).Substring(16 - Digits)}";
        return new(owner, name, text.Replace(Placeholder, name).TrimEnd('\n'));
    }
}
