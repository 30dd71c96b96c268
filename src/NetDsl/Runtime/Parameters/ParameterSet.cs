using System.Collections;

namespace NetDsl.Runtime;

/// <summary>The parameters of a network, in the order in which its layers use them, and by name.</summary>
public sealed class ParameterSet : IReadOnlyList<Parameter>
{
    readonly string network;
    readonly Parameter[] parameters;
    readonly Dictionary<string, Parameter> byName;

    internal ParameterSet(Network network)
    {
        this.network = network.Definition.Name;
        parameters = [.. network.Definition.Parameters.Select(definition => new Parameter(network, definition))];
        byName = parameters.ToDictionary(static parameter => parameter.Name, StringComparer.Ordinal);
    }

    /// <summary>How many.</summary>
    public int Count => parameters.Length;

    /// <summary>By place.</summary>
    public Parameter this[int index] => parameters[index];

    /// <summary>By name: <c>conv1.weight</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is none of this name; the message lists those there are.</exception>
    public Parameter this[string name] => byName.TryGetValue(name, out var parameter)
        ? parameter
        : throw new KeyNotFoundException($"{network} has no parameter '{name}'. It has {string.Join(", ", byName.Keys)}.");

    /// <summary>Whether there is a parameter of this name.</summary>
    public bool Contains(string name) => byName.ContainsKey(name);

    /// <inheritdoc/>
    public IEnumerator<Parameter> GetEnumerator() => parameters.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
