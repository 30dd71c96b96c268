namespace NetDsl.Generators.Diagnostics;

/// <summary>
/// Ends the evaluation of a network or the reading of an operator with diagnostics; with none where the C# compiler itself reports an error
/// at the same place.
/// </summary>
sealed class AnalysisException(params DiagnosticInfo[] diagnostics) : Exception
{
    public IReadOnlyList<DiagnosticInfo> Diagnostics { get; } = diagnostics;
}
