namespace NetDsl.Data;

/// <summary>
/// The numbers of characters or words. Characters are numbered in the order of their code points. Among words, 0 is the end of a sentence, 1 stands for every word that has no number, and the
/// others follow from the most frequent, equally frequent ones in the order of their code points.
/// </summary>
public sealed class Vocabulary
{
    const string Unknown = "";

    readonly Dictionary<string, int> numbers;

    Vocabulary(IReadOnlyList<string> tokens)
    {
        Tokens = tokens;
        numbers = tokens.Index().ToDictionary(static t => t.Item, static t => t.Index, StringComparer.Ordinal);
    }

    /// <summary>What has a number, in order. The word that stands for all others is empty.</summary>
    public IReadOnlyList<string> Tokens { get; }

    /// <summary>How many numbers there are.</summary>
    public int Count => Tokens.Count;

    /// <summary>The number of a character or word; that of the unknown word where it has none.</summary>
    /// <exception cref="InvalidDataException">A character has none.</exception>
    public int this[string token] =>
        numbers.TryGetValue(token, out var number) || numbers.TryGetValue(Unknown, out number)
            ? number
            : throw new InvalidDataException($"The character '{token}' is not in the vocabulary of {Count} characters.");

    internal static Vocabulary OfCharacters(IEnumerable<string> tokens) => new([.. tokens.Distinct().Order(StringComparer.Ordinal)]);

    internal static Vocabulary OfWords(IEnumerable<string> tokens, int most) => new(
    [
        TextTokens.End, Unknown,
        .. tokens.Where(static t => t != TextTokens.End).CountBy(static t => t)
            .OrderByDescending(static t => t.Value).ThenBy(static t => t.Key, StringComparer.Ordinal)
            .Take(Math.Max(0, most - 2)).Select(static t => t.Key),
    ]);
}
