namespace NetDsl;

/// <summary>A condition on an operator's arguments and sizes; where it does not hold, compilation fails at the argument.</summary>
/// <param name="condition">A condition over the names of the shape rule: <c>"C % group == 0"</c>.</param>
/// <param name="message">What is wrong and how to mend it; <c>{expression}</c> is replaced by its value.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequiresAttribute(string condition, string message) : Attribute
{
    /// <summary>The condition.</summary>
    public string Condition { get; } = condition;

    /// <summary>The message.</summary>
    public string Message { get; } = message;

    /// <summary>The parameter to underline; empty for the whole stage.</summary>
    public string Argument { get; set; } = "";
}
