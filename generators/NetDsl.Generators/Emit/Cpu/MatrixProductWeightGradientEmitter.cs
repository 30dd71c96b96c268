namespace NetDsl.Generators.Emit.Cpu;

/// <summary>The gradient of a dense layer by its weight: a product over the samples, for which the library turns the input round.</summary>
static class MatrixProductWeightGradientEmitter
{
    public static CpuMethod Write(CpuBody body)
    {
        var node = body.First;
        var (units, inputs) = (node.Integer("U"), node.Integer("S"));
        var (dy, x, result) = (body.Pointer(node.Operands[0]), body.Pointer(node.Operands[1]), body.Pointer(node.Result));
        body.Writer.Line($"MatrixProductTiles.WeightGradient<T>(worker, begin, end, {dy}, {x}, {result}, units: {units}, inputs: {inputs});");
        return body.Finish($"MatrixProductTiles.WeightGradientItems<T>({inputs})");
    }
}
