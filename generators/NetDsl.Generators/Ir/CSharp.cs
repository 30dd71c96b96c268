using System.Globalization;

namespace NetDsl.Generators.Ir;

/// <summary>Numbers as C# text.</summary>
static class CSharp
{
    public static string Literal(float value) => value switch
    {
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        _ when float.IsNaN(value) => "float.NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture) + "f",
    };
}
