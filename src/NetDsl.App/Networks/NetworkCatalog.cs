using System.Reflection;
using NetDsl.Runtime;

namespace NetDsl.App;

/// <summary>The networks that a program offers, by name.</summary>
sealed class NetworkCatalog(IEnumerable<NetworkEntry> entries)
{
    readonly NetworkEntry[] entries = [.. entries.OrderBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>The classes of <paramref name="assemblies"/> that the compiler completed.</summary>
    public static NetworkCatalog Of(IEnumerable<Assembly> assemblies) => new(
        from assembly in assemblies.Distinct()
        from type in assembly.GetTypes()
        where type.IsSubclassOf(typeof(Network)) && !type.IsAbstract
        select new NetworkEntry(type));

    /// <summary>All of them, by name.</summary>
    public IReadOnlyList<NetworkEntry> All => entries;

    /// <summary>Finds a network, whatever the case of its letters.</summary>
    /// <exception cref="UserException">There is none of that name; the message suggests the nearest one and lists them all.</exception>
    public NetworkEntry Find(string name)
    {
        if (entries.FirstOrDefault(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            return found;
        }

        if (entries.Length == 0)
        {
            throw new UserException("This program has no networks: mark a partial class with [Network], and give its assembly to NetDslApp.Run.");
        }

        string[] names = [.. entries.Select(entry => entry.Name)];
        throw new UserException($"There is no network '{name}'.{Spelling.Suggest(name, names)} Networks are {string.Join(", ", names)}.");
    }
}
