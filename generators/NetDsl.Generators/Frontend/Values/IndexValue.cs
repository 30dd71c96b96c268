namespace NetDsl.Generators.Frontend;

/// <summary>An index such as <c>^1</c>.</summary>
sealed record IndexValue(int Value, bool FromEnd)
{
    public int Of(int length) => FromEnd ? length - Value : Value;
}
