namespace NetDsl.Generators.Emit.Cpu.Channels;

/// <summary>The library's class that convolves.</summary>
static class ConvolutionAlgorithm
{
    public const string Class = "DirectConvolution";
}
