namespace NetDsl.Generators.Frontend;

/// <summary>How a parameter starts: a member of <c>NetDsl.Initializer</c> and its number. <c>Filler</c>'s members have the same names.</summary>
/// <param name="IsOwn">It was given to the layer itself, not to a block around it.</param>
sealed record Start(string Initializer, float Value, bool IsOwn = true)
{
    static readonly HashSet<string> Fixed = ["Zeros", "Ones", "Constant", "Identity"];

    public Start OfBlock() => this with { IsOwn = false };

    /// <summary>Whether an initializer draws random numbers, or computes others from the shape: only constants do not.</summary>
    public static bool IsDrawn(string initializer) => !Fixed.Contains(initializer);
}
