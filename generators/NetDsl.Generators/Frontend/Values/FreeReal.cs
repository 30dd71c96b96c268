using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Frontend;

/// <summary>A float that is computed from a free height and width, such as one over the number of pixels.</summary>
/// <param name="Value">What it is at the reference.</param>
/// <param name="Text">C# of it, as an operand of anything.</param>
sealed record FreeReal(float Value, string Text)
{
    public static FreeReal Of(Size size) => new(size.Value, $"(float){size.Operand}");
}
