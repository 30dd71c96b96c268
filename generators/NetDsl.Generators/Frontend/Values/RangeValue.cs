namespace NetDsl.Generators.Frontend;

/// <summary>A range such as <c>1..^1</c>.</summary>
sealed record RangeValue(IndexValue Start, IndexValue End);
