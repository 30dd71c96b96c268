namespace NetDsl.Generators.Emit.Cpu;

/// <summary>The layout that emitted code and the library's <c>SampleBlock</c> agree on.</summary>
static class SampleBlock
{
    /// <summary>Samples to a block.</summary>
    public const int Lanes = 16;
}
