using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Cpu.Samples;

/// <summary>A dense layer where lanes are samples, or a part of its gradient, as a call of the library's tiles.</summary>
static class MatrixProductCall
{
    const string Class = "SampleProduct";

    public static CpuMethod Write(CpuBody body, CpuDeclarations declarations)
    {
        var node = body.First;
        var (units, inputs) = (node.Size("U"), node.Size("S"));
        var rows = node.Operator.Anchor == AnchorKind.RowProduct ? Rows(node.Size("R")) : "";
        var operands = $"{body.Pointer(node.Operands[0])}, {body.Pointer(node.Operands[1])}";
        if (node.Member.IsForward)
        {
            operands += $", {(node.Operands[2] >= 0 ? body.Pointer(node.Operands[2]) : "null")}";
        }

        var method = node.Member.IsForward ? "Forward" : "InputGradient";
        var (type, epilogue) = EpilogueWriter.Write(body, declarations.Shared);
        body.Writer.Line($"{Class}.{method}<T, {type}>(worker, {operands}, units: {units}, inputs: {inputs}, {epilogue}{rows});");
        return body.FinishCall();
    }

    /// <summary>The gradient by the weight: a product over the samples, and over the rows of each where there are several.</summary>
    public static CpuMethod WriteWeightGradient(CpuBody body, CpuDeclarations declarations)
    {
        var node = body.First;
        var (units, inputs) = (node.Type.Sizes[0], node.Type.Sizes[1]);
        var rows = Rows(body.Values.Type(node.Operands[0]).Count / units);
        var operands = string.Join(", ", body.Pointer(node.Operands[0]), body.Pointer(node.Operands[1]), body.Pointer(node.Result));
        declarations.Scratch($"{Class}.WeightGradientScratch");
        body.Writer.Line($"{Class}.WeightGradient<T>(worker, {operands}, units: {units}, inputs: {inputs}{rows});");
        return body.FinishCall();
    }

    static string Rows(Size rows) => rows.Is(1) ? "" : $", rows: {rows}";
}
