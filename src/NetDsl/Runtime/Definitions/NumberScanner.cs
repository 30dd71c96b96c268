namespace NetDsl.Runtime;

/// <summary>Whole numbers in a text. By hand: a definition is read before anything of a program is compiled, and each method of a library that it calls must be compiled first.</summary>
static class NumberScanner
{
    /// <summary>All of the text is one number.</summary>
    public static bool TryWhole(ReadOnlySpan<char> text, out long number)
    {
        var place = 0;
        return TryNext(text, ref place, out number) && place == text.Length && (text[0] == '-' || char.IsAsciiDigit(text[0]));
    }

    /// <summary>The first number of a text, if there is one.</summary>
    public static long? First(ReadOnlySpan<char> text)
    {
        var place = 0;
        return TryNext(text, ref place, out var number) ? number : null;
    }

    /// <summary>The numbers of a text, whatever stands between them.</summary>
    public static int[] Integers(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (var place = 0; TryNext(text, ref place, out _); count++)
        {
        }

        var numbers = new int[count];
        for (var (i, place) = (0, 0); i < count; i++)
        {
            TryNext(text, ref place, out var number);
            numbers[i] = checked((int)number);
        }

        return numbers;
    }

    static bool TryNext(ReadOnlySpan<char> text, ref int place, out long number)
    {
        number = 0;
        while (place < text.Length && !char.IsAsciiDigit(text[place]))
        {
            place++;
        }

        if (place == text.Length)
        {
            return false;
        }

        var negative = place > 0 && text[place - 1] == '-';
        for (; place < text.Length && char.IsAsciiDigit(text[place]); place++)
        {
            number = checked((number * 10) + (text[place] - '0'));
        }

        number = negative ? -number : number;
        return true;
    }
}
