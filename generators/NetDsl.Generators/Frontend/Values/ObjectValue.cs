using Microsoft.CodeAnalysis;

namespace NetDsl.Generators.Frontend;

/// <summary>An object of a type of the user's: its fields and automatic properties. Records are equal if their members are.</summary>
sealed class ObjectValue(INamedTypeSymbol type)
{
    public INamedTypeSymbol Type { get; } = type;

    public Dictionary<string, object?> Members { get; private set; } = [];

    public ObjectValue Clone() => new(Type) { Members = new(Members) };

    public override bool Equals(object? obj) => Type.IsRecord
        ? obj is ObjectValue other && SymbolEqualityComparer.Default.Equals(Type, other.Type) && Members.All(m => other.Members.TryGetValue(m.Key, out var value) && Equals(m.Value, value))
        : ReferenceEquals(this, obj);

    public override int GetHashCode() => Type.Name.GetHashCode();
}
