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

    /// <summary>Takes the values of another network's parameters: of the same network at another height and width, or of one whose layers have the same names and shapes.</summary>
    /// <exception cref="ArgumentException">A parameter is missing there, or has another shape; nothing was copied.</exception>
    public void CopyFrom(ParameterSet others)
    {
        ArgumentNullException.ThrowIfNull(others);
        foreach (var parameter in parameters)
        {
            if (!others.byName.TryGetValue(parameter.Name, out var other))
            {
                throw new ArgumentException($"{others.network} has no parameter '{parameter.Name}' that {network} could take.", nameof(others));
            }

            if (!other.Shape.SequenceEqual(parameter.Shape))
            {
                throw new ArgumentException($"Parameter {parameter} of {network} cannot take {other} of {others.network}: the shapes differ.", nameof(others));
            }
        }

        foreach (var parameter in parameters)
        {
            others[parameter.Name].Data.CopyTo(parameter.Data);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<Parameter> GetEnumerator() => parameters.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
