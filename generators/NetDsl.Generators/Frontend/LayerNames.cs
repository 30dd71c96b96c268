using NetDsl.Generators.Diagnostics;

namespace NetDsl.Generators.Frontend;

/// <summary>
/// Names layers: by the name given, else by the field or local that holds the layer, else by the operator and an ordinal; in front, the names of
/// the helper calls that made it: <c>inception3a.conv2</c>.
/// </summary>
sealed class LayerNames
{
    readonly Dictionary<NameScope, string> prefixes = [];
    readonly Dictionary<LayerName, string> names = [];
    readonly HashSet<string> used = [];
    readonly Dictionary<string, int> ordinals = [];

    /// <summary>Names all layers, in the order of their first use.</summary>
    /// <exception cref="AnalysisException">Two layers were given one name.</exception>
    public LayerNames(IReadOnlyList<LayerName> layers)
    {
        foreach (var layer in layers.Where(static l => l.Given is not null))
        {
            var name = Prefix(layer.Scope) + layer.Given;
            if (!used.Add(name))
            {
                throw new AnalysisException(new DiagnosticInfo(Descriptors.DuplicateName, layer.Place, $"Two layers are named '{name}'; use the same layer value to share weights, or another name"));
            }

            names[layer] = name;
        }

        foreach (var layer in layers.Where(static l => l.Given is null))
        {
            var prefix = Prefix(layer.Scope);
            names[layer] = layer.Holder is { } holder ? Unique(prefix + holder) : Ordinal(prefix + layer.OperatorName.ToLowerInvariant());
        }
    }

    public string this[LayerName layer] => names[layer];

    string Prefix(NameScope? scope)
    {
        if (scope is null)
        {
            return "";
        }

        if (!prefixes.TryGetValue(scope, out var prefix))
        {
            prefix = Prefix(scope.Parent);
            prefixes[scope] = prefix = scope.Name is { } name ? Unique(prefix + name) + "." : prefix;
        }

        return prefix;
    }

    string Unique(string name)
    {
        var unique = name;
        for (var ordinal = 2; !used.Add(unique); ordinal++)
        {
            unique = name + ordinal;
        }

        return unique;
    }

    string Ordinal(string name)
    {
        do
        {
            ordinals.TryGetValue(name, out var ordinal);
            ordinals[name] = ordinal + 1;
        }
        while (!used.Add(name + ordinals[name]));

        return name + ordinals[name];
    }
}
