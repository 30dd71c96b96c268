namespace NetDsl.Runtime;

/// <summary>Reads how a GPU launches a kernel: <c>500 a sample; 20 steps reversed; [425616, 29595]; Dense 1 rows, 800 inputs → 500 units</c>.</summary>
static class LaunchText
{
    /// <summary>The launch. Null for a dash: the program has no form for a GPU.</summary>
    public static SimtLaunch? Read(ReadOnlySpan<char> text)
    {
        if (text is "-")
        {
            return null;
        }

        var items = Next(ref text);
        var (batched, steps, reversed, numbers) = (items.EndsWith(" a sample", StringComparison.Ordinal), 1, false, Array.Empty<int>());
        SimtSums? sums = null;
        while (text.Length > 0)
        {
            var part = Next(ref text);
            if (part[0] == '[')
            {
                numbers = NumberScanner.Integers(part);
            }
            else if (char.IsAsciiDigit(part[0]))
            {
                (steps, reversed) = (NumberScanner.Integers(part)[0], part.EndsWith(" reversed", StringComparison.Ordinal));
            }
            else
            {
                sums = Sums(part);
            }
        }

        return new(NumberScanner.Integers(items)[0], batched, steps, reversed, numbers) { Sums = sums };
    }

    static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOf("; ", StringComparison.Ordinal);
        var part = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[(end + 2)..];
        return part;
    }

    static SimtSums Sums(ReadOnlySpan<char> text)
    {
        var n = NumberScanner.Integers(text);
        return text[..text.IndexOf(' ')] switch
        {
            "Convolution" => SimtSums.Convolution(Shape(n)),
            "ConvolutionByInput" => SimtSums.ConvolutionByInput(Shape(n)),
            "ConvolutionByWeight" => SimtSums.ConvolutionByWeight(Shape(n)),
            "ConvolutionByBias" => SimtSums.ConvolutionByBias(n[0], n[1], n[2]),
            "Dense" => SimtSums.Dense(rows: n[0], inputs: n[1], units: n[2]),
            "DenseByInput" => SimtSums.DenseByInput(rows: n[0], inputs: n[1], units: n[2]),
            "DenseByWeight" => SimtSums.DenseByWeight(rows: n[0], inputs: n[1], units: n[2]),
            _ => throw TableReader.Damaged(text),
        };
    }

    static Kernels.ConvolutionShape Shape(int[] n) => new(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10], n[11], n[12], n[13], n[14]);
}
