using NetDsl.Generators.Diagnostics;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Frontend;

/// <summary>What came of evaluating a network: its graph, or what is wrong with it.</summary>
sealed record NetworkResult(Graph? Graph, EquatableArray<DiagnosticInfo> Diagnostics);
