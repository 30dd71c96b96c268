using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Simt;

/// <summary>The statements of a SIMT kernel.</summary>
/// <param name="Text">The statements.</param>
/// <param name="Items">Threads: for each sample, or in all.</param>
/// <param name="Batched">The items are for each sample.</param>
/// <param name="Steps">How often it is launched: once for each step of a sequence, else once.</param>
/// <param name="Reversed">The last step comes first.</param>
sealed record SimtBody(string Text, Size Items, bool Batched, Size Steps, bool Reversed)
{
    /// <summary>The kernel is this product, and the statements are what becomes of a sum; null for a kernel with a thread an item.</summary>
    public SimtProductCall? Product { get; init; }
}
