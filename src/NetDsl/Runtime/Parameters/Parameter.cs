namespace NetDsl.Runtime;

/// <summary>A trained value of a network.</summary>
public sealed class Parameter
{
    readonly Network network;

    internal Parameter(Network network, ParameterDefinition definition)
    {
        this.network = network;
        Definition = definition;
    }

    /// <summary>Its name: <c>conv1.weight</c>.</summary>
    public string Name => Definition.Path;

    /// <summary>Its shape.</summary>
    public IReadOnlyList<int> Shape => Definition.Shape;

    /// <summary>The number of elements.</summary>
    public int Count => Definition.Count;

    /// <summary>What the compiler knows of it.</summary>
    public ParameterDefinition Definition { get; }

    /// <summary>
    /// The values, row-major, to read and to write; valid until the network is disposed. On a GPU they are a copy that the next step writes
    /// back and later steps outdate: ask again after a step.
    /// </summary>
    public Span<float> Data => network.ParameterData(Definition);

    /// <summary>The gradient that the last step left: of the loss, not yet decayed or clipped.</summary>
    /// <exception cref="InvalidOperationException">The network does not train.</exception>
    public ReadOnlySpan<float> Gradient => network.ParameterGradient(Definition);

    /// <summary>Name and shape.</summary>
    public override string ToString() => $"{Name} [{string.Join(", ", Shape)}]";
}
