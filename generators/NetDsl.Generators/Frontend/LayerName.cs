using NetDsl.Generators.Diagnostics;

namespace NetDsl.Generators.Frontend;

/// <summary>What a layer's name will be made of, once all layers are known.</summary>
/// <param name="operatorName">The operator: what names a layer that has no name and no holder.</param>
/// <param name="given">The name that the user gave.</param>
/// <param name="place">Where the layer is made.</param>
sealed class LayerName(NameScope scope, string operatorName, string? given, LocationInfo place)
{
    public NameScope Scope { get; set; } = scope;

    public string OperatorName { get; } = operatorName;

    public string? Given { get; } = given;

    public LocationInfo Place { get; } = place;

    /// <summary>The weights of an operator that is called with its tensors, by their names; a layer that holds the call shares them as it shares the name.</summary>
    public Dictionary<string, int> Weights { get; } = [];

    /// <summary>The first field or local that holds the layer.</summary>
    public string? Holder { get; set; }
}
