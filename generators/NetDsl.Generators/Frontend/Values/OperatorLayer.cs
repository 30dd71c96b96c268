using Microsoft.CodeAnalysis;

namespace NetDsl.Generators.Frontend;

/// <summary>A layer that one call of an operator made. It owns its weights: they come to be at the first use, when their shapes are known.</summary>
/// <param name="origin">The call in the user's code that made it.</param>
sealed class OperatorLayer(OperatorDefinition definition, BoundArguments arguments, LayerName name, IOperation origin) : FunctionValue
{
    public OperatorDefinition Definition { get; } = definition;

    public BoundArguments Arguments { get; } = arguments;

    public LayerName Name { get; } = name;

    public IOperation Origin { get; } = origin;

    /// <summary>The weights, once it has been used: values of the graph, -1 for an absent one.</summary>
    public IReadOnlyDictionary<string, int>? Weights { get; set; }

    /// <summary>The input and the place of the first use.</summary>
    public (TensorValue Input, IOperation Place)? FirstUse { get; set; }
}
