namespace NetDsl.Generators.Emit.Cpu;

/// <summary>
/// The gradient of a dense layer by its weight: a product over the samples, and over the rows of each where there are several, for which the library turns the input round.
/// </summary>
static class MatrixProductWeightGradientEmitter
{
    public static CpuMethod Write(CpuBody body)
    {
        var node = body.First;
        var (units, inputs) = (node.Type.Sizes[0], node.Type.Sizes[1]);
        var rows = body.Values.Type(node.Operands[0]).Count / units;
        var (dy, x, result) = (body.Pointer(node.Operands[0]), body.Pointer(node.Operands[1]), body.Pointer(node.Result));
        body.Writer.Line($"MatrixProductTiles.WeightGradient<T>(worker, begin, end, {dy}, {x}, {result}, units: {units}, inputs: {inputs}{(rows == 1 ? "" : $", rows: {rows}")});");
        return body.Finish($"MatrixProductTiles.WeightGradientItems<T>({inputs})");
    }
}
