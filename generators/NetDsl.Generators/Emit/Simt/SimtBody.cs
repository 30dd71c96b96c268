namespace NetDsl.Generators.Emit.Simt;

/// <summary>The statements of a SIMT kernel.</summary>
/// <param name="Text">The statements.</param>
/// <param name="Parameters">Offsets and keys that the text leaves open; empty where they are literals in it.</param>
/// <param name="Items">Threads: for each sample, or in all.</param>
/// <param name="Batched">The items are for each sample.</param>
/// <param name="Steps">How often it is launched: once for each step of a sequence, else once.</param>
/// <param name="Reversed">The last step comes first.</param>
sealed record SimtBody(string Text, IReadOnlyList<SimtParameter> Parameters, long Items, bool Batched, int Steps = 1, bool Reversed = false);

/// <summary>A number in which otherwise equal kernels differ.</summary>
sealed record SimtParameter(string Type, string Name, string Literal);
