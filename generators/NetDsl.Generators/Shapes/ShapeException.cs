namespace NetDsl.Generators.Shapes;

/// <summary>A shape rule that cannot be read or evaluated. <see cref="Exception.Message"/> says why, in words for the rule's author.</summary>
sealed class ShapeException(string message) : Exception(message);
