using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Frontend;

/// <summary>A tensor or labels: a value of the graph.</summary>
sealed record TensorValue(int Id, TensorType Type);
