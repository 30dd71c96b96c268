namespace NetDsl.Data.Tests;

/// <summary>Tests that count the process's allocations: nothing else may run beside them.</summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
public sealed class Alone;
