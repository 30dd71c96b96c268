namespace System;

/// <summary>Lets netstandard2.0 compile list patterns and <c>^1</c>.</summary>
readonly struct Index(int value, bool fromEnd = false)
{
    public int GetOffset(int length) => fromEnd ? length - value : value;

    public static implicit operator Index(int value) => new(value);
}
