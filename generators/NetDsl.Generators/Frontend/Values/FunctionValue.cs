namespace NetDsl.Generators.Frontend;

/// <summary>A value of a delegate type: a layer, or another function.</summary>
abstract class FunctionValue;
