namespace NetDsl;

/// <summary>
/// Marks a helper that other assemblies may use inside their networks. The compiler embeds its source in the assembly, since a
/// reference assembly has no bodies to evaluate.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BlockAttribute : Attribute;

/// <summary>The source of one <see cref="BlockAttribute"/> helper or scalar function. Written by the compiler, read by the compiler.</summary>
/// <param name="id">The documentation comment id of the method.</param>
/// <param name="source">The method's declaration, with the using directives it was compiled under.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class BlockSourceAttribute(string id, string source) : Attribute
{
    /// <summary>The documentation comment id of the method.</summary>
    public string Id { get; } = id;

    /// <summary>The source text.</summary>
    public string Source { get; } = source;
}
