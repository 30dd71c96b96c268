namespace NetDsl;

/// <summary>On a field or property that holds a layer: its weights are not trained; no backward or update code is compiled for them.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class FrozenAttribute : Attribute;
