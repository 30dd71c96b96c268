using System.Text;

namespace NetDsl.Data;

/// <summary>Cuts a text into characters or words.</summary>
static class TextTokens
{
    /// <summary>Ends a sentence, among words.</summary>
    public const string End = "\n";

    public static IEnumerable<string> Of(string text, TextUnit unit) => unit == TextUnit.Words ? Words(text) : text.EnumerateRunes().Select(static rune => rune.ToString());

    /// <summary>Runs of letters, digits and apostrophes in lower case; every other mark by itself. Lines without a word are passed over.</summary>
    static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        var inSentence = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value == '\'')
            {
                word.Append(Rune.ToLowerInvariant(rune));
                continue;
            }

            if (word.Length > 0)
            {
                inSentence = true;
                yield return word.ToString();
                word.Clear();
            }

            if (rune.Value == '\n')
            {
                if (inSentence)
                {
                    yield return End;
                }

                inSentence = false;
            }
            else if (!Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune))
            {
                inSentence = true;
                yield return rune.ToString();
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }
}
