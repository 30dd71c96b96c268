using Microsoft.CodeAnalysis;

namespace NetDsl.Generators.Frontend;

/// <summary>A call that is being evaluated.</summary>
/// <param name="caller">The call it was made from; none for Forward, Loss and Metrics.</param>
/// <param name="site">Where it was made.</param>
/// <param name="isForeign">The code that runs is not the project's: diagnostics belong to where it was called.</param>
/// <param name="names">Where names of layers belong that it makes.</param>
/// <param name="session">Which layers it makes anew.</param>
/// <param name="receiver">What <c>this</c> is.</param>
sealed class Frame(Frame? caller, IOperation? site, bool isForeign, NameScope names, LayerMemory.Session session, object? receiver)
{
    public Frame? Caller { get; } = caller;

    public IOperation? Site { get; } = site;

    public bool IsForeign { get; } = isForeign;

    public NameScope Names { get; } = names;

    public LayerMemory.Session Session { get; } = session;

    public object? Receiver { get; } = receiver;

    public int Depth { get; } = caller is null ? 0 : caller.Depth + 1;

    /// <summary>Where the method group was written that is called: each of its applications is the same layer.</summary>
    public SyntaxNode? Origin { get; init; }

    /// <summary>The outermost loop that is running.</summary>
    public IOperation? Loop { get; set; }

    /// <summary>The object that an initializer or a <c>with</c> is filling in.</summary>
    public object? Filled { get; set; }
}
