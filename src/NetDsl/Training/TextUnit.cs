namespace NetDsl;

/// <summary>What a network reads a text as.</summary>
public enum TextUnit
{
    /// <summary>Letter by letter, spaces and line breaks among them.</summary>
    Characters,

    /// <summary>Word by word in lower case, each punctuation mark a word; a line break ends a sentence.</summary>
    Words,
}
