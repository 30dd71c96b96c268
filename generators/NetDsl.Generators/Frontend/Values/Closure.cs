using Microsoft.CodeAnalysis;

namespace NetDsl.Generators.Frontend;

/// <summary>A lambda, local function or method, with what it has captured.</summary>
/// <param name="body">Absent for a method group, whose body is looked up when it is called.</param>
/// <param name="home">Where it was written: names of layers made inside it belong there.</param>
/// <param name="origin">Its source.</param>
/// <param name="memory">
/// The layers that its first call makes and later calls use again, since a layer value owns its weights. Absent for a function that takes no tensor.
/// </param>
sealed class Closure(IMethodSymbol method, Body? body, Scope? captured, Frame home, object? receiver, SyntaxNode origin, LayerMemory? memory) : FunctionValue
{
    public IMethodSymbol Method { get; } = method;

    public Body? Body { get; } = body;

    public Scope? Captured { get; } = captured;

    public Frame Home { get; } = home;

    public object? Receiver { get; } = receiver;

    public SyntaxNode Origin { get; } = origin;

    public LayerMemory? Memory { get; } = memory;

    /// <summary>The names of layers made inside it.</summary>
    public NameScope Names { get; } = new(home.Names);
}
