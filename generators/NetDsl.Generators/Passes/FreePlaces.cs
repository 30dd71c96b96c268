using System.Globalization;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Passes;

/// <summary>Names for the places in a program's memory that an instance computes from its height and width.</summary>
sealed class FreePlaces(string program)
{
    readonly List<SizeFact> facts = [];
    readonly Dictionary<string, Size> named = [];

    public EquatableArray<SizeFact> Facts => facts.ToEquatableArray();

    /// <summary>The place under its name; one that is known keeps its number.</summary>
    public Size Named(Size place)
    {
        if (!place.IsFree)
        {
            return place;
        }

        if (!named.TryGetValue(place.Long, out var known))
        {
            var name = $"{program}Place{(facts.Count + 1).ToString(CultureInfo.InvariantCulture)}";
            facts.Add(new(name, place.Long, ""));
            named[place.Long] = known = Size.Free(place.Value, FreeSizes.Prefix + name);
        }

        return known;
    }
}
