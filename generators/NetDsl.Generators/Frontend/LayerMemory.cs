using Microsoft.CodeAnalysis;

namespace NetDsl.Generators.Frontend;

/// <summary>
/// The layers that a layer value has made: by the call that made each, and by how many times that call had run. Applying the value again finds them,
/// and so shares their weights.
/// </summary>
sealed class LayerMemory
{
    readonly Dictionary<(SyntaxNode Site, int Occurrence), object> made = [];

    /// <summary>One application of the value that owns the memory; without a memory everything is made anew.</summary>
    public sealed class Session(LayerMemory? memory)
    {
        readonly Dictionary<SyntaxNode, int> occurrences = [];

        public T Recall<T>(SyntaxNode site, Func<T> make)
            where T : class
        {
            if (memory is null)
            {
                return make();
            }

            occurrences.TryGetValue(site, out var occurrence);
            occurrences[site] = occurrence + 1;
            if (memory.made.TryGetValue((site, occurrence), out var known))
            {
                return (T)known;
            }

            var value = make();
            memory.made[(site, occurrence)] = value;
            return value;
        }
    }
}
