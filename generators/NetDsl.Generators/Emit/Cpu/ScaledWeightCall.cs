namespace NetDsl.Generators.Emit.Cpu;

/// <summary>Weights times numbers of channels, as a call of the library.</summary>
static class ScaledWeightCall
{
    public static CpuMethod Write(CpuBody body)
    {
        var node = body.First;
        var (length, channels) = (node.Integer("length"), node.Integer("channels"));
        var pointers = string.Join(", ", node.Operands.Append(node.Result).Select(body.Pointer));
        body.Writer.Line($"ScaledWeight.Compute<T>(worker, {pointers}, rows: {node.Type.Count / length}, length: {length}, channels: {channels});");
        return body.FinishCall();
    }
}
