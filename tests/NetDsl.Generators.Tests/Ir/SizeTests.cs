using CsCheck;
using NetDsl.Generators.Shapes;
using Size = NetDsl.Generators.Ir.Size;

namespace NetDsl.Generators.Tests.Ir;

/// <summary>Sizes that an instance decides: their C# is, for every height and width, what the same arithmetic gives with numbers.</summary>
public class SizeTests
{
    static readonly Size Height = Size.Free(30, "size.Height");
    static readonly Size Width = Size.Free(41, "size.Width");

    /// <summary>A sum, product, quotient or rest of sizes, as a function of height and width.</summary>
    static readonly Gen<Func<Size, Size, Size>> Expression = Gen.Recursive<Func<Size, Size, Size>>((depth, inner) => depth > 4
        ? Leaf
        : Gen.Frequency((2, Leaf), (6, Gen.Select(Gen.Int[0, 4], inner, inner, Gen.Int[1, 9], static (operation, a, b, number) => (Func<Size, Size, Size>)((h, w) => operation switch
        {
            0 => a(h, w) + b(h, w),
            1 => a(h, w) - b(h, w),
            2 => a(h, w) * number,
            3 => a(h, w) / number,
            _ => a(h, w) % number,
        })))));

    static Gen<Func<Size, Size, Size>> Leaf => Gen.OneOf(
        Gen.Const<Func<Size, Size, Size>>(static (h, _) => h), Gen.Const<Func<Size, Size, Size>>(static (_, w) => w), Gen.Const<Func<Size, Size, Size>>(static (h, w) => h * w),
        Gen.Int[0, 20].Select(static number => (Func<Size, Size, Size>)((_, _) => number)));

    [Fact]
    public void Text_and_value_are_one() => Gen.Select(Expression, Gen.Int[1, 300], Gen.Int[1, 300]).Sample((expression, height, width) =>
    {
        var (free, number) = (expression(Height, Width), expression(height, width));
        var text = ExpressionEvaluator.Evaluate(ExpressionParser.Parse($"0 + {free}".Replace("+ -", "-", StringComparison.Ordinal)), Names(height, width));
        Assert.Equal(number.Value, text.Value);
    });

    [Fact]
    public void What_is_never_less_is_never_less() => Gen.Select(Expression, Expression, Gen.Int[1, 300], Gen.Int[1, 300]).Sample(static (a, b, height, width) =>
        Assert.True(!Size.IsNeverLess(a(Height, Width), b(Height, Width)) || a(height, width).Value >= b(height, width).Value));

    [Theory]
    [InlineData(1, 3, "(size.Height + 2) / 3")]
    [InlineData(2, 2, "size.Height + 1")]
    [InlineData(64, 16, "4 * size.Height + 1")]
    [InlineData(64, 1, "64 * size.Height + 2")]
    public void A_quotient_keeps_in_parentheses_only_what_does_not_divide(int factor, int divisor, string text) => Assert.Equal(text, ((factor * Height + 2 + (divisor == 16 ? 14 : 0)) / divisor).ToString());

    [Fact]
    public void Equal_sums_are_equal()
    {
        Assert.Equal((Height + 1) * (Width - 1), (Height * Width) - Height + Width - 1);
        Assert.Equal(7, (Height + 7 - Height).Constant);
        Assert.NotEqual(Height, Width - 11);
        Assert.Throws<InvalidOperationException>(() => Height.Constant);
    }

    [Fact]
    public void Of_several_sizes_those_stay_that_may_be_the_largest()
    {
        Assert.Equal("Largest(2L * size.Height, size.Width)", Size.Largest([Height, 2 * Height, Width, 0]).ToString());
        Assert.Equal("size.Height + 1", Size.Max(Height, Height + 1).ToString());
        Assert.Equal("Math.Min(size.Height, size.Width)", Size.Min(Height, Width).ToString());
        Assert.Equal(30, Size.Min(Height, Width).Value);
        Assert.Equal(0, Size.Largest([]).Value);
    }

    static Dictionary<string, Quantity> Names(int height, int width) => new() { ["size.Height"] = height, ["size.Width"] = width };
}
