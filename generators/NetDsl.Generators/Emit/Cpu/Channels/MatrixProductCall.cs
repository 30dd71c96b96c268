using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Emit.Cpu.Channels;

/// <summary>A dense layer on plain values, or a part of its gradient, as a call of the library's tiles; forward also on each row of a value.</summary>
static class MatrixProductCall
{
    const string Library = "PlainMatrixProduct";
    const string Packed = "PackedMatrixProduct";

    public static CpuMethod Write(CpuBody body, CpuDeclarations declarations)
    {
        var node = body.First;
        var (units, inputs) = (node.Integer("U"), node.Integer("S"));
        var sizes = $"units: {units}, inputs: {inputs}";
        var rows = node.Operator.Anchor == AnchorKind.RowProduct ? $", rows: {node.Size("R")}" : "";
        switch (node.Target)
        {
            case "weight":
                declarations.Scratch($"{Library}.WeightGradientScratch({units}, {inputs})");
                body.Writer.Line($"{Library}.WeightGradient<T>(worker, {Pointer("dy")}, {Pointer("x")}, {body.Pointer(node.Result)}, {sizes});");
                return body.FinishCall();
            case "bias":
                body.Writer.Line($"{Library}.BiasGradient<T>(worker, {Pointer("dy")}, {body.Pointer(node.Result)}, units: {units});");
                return body.FinishCall();
            case "":
                var x = Pointer("x");
                var (form, note) = Store(body, node) switch
                {
                    WeightStore.None => (null, ""),
                    WeightStore.Halved => ("Half", "Weights of 16 bits, as the network asks."),
                    WeightStore.Paired => ("Paired", "Two products take one multiplication (Winograd 1968) where the processor's additions have units of their own."),
                    _ => ("", ""),
                };
                var call = form is null ? $"{Library}.Forward" : $"{Packed}.Forward{form}";
                declarations.Scratch(form switch
                {
                    null => $"{Library}.ForwardScratch({units}, {inputs})",
                    "Paired" => $"{Packed}.PairedForwardScratch({inputs})",
                    _ => $"{Packed}.{form}ForwardScratch",
                });
                var weight = form is null
                    ? Pointer("weight")
                    : body.Packed(declarations.Pack(PackedWeight.Of(body.Values.Buffer(node.Operand("weight")), $"WeightOrder.{form}Panels", $"ConvolutionShape.Dense({sizes})")));
                var bias = Pointer("bias");
                var (type, epilogue) = EpilogueWriter.Write(body, declarations.Shared);
                body.Writer.Line($"{call}<T, {type}>(worker, {x}, {weight}, {bias}, {sizes}, {epilogue}{rows});");
                return body.FinishCall() with { Note = note };
            default:
                declarations.Scratch($"{Library}.InputGradientScratch({units}, {inputs})");
                var (dy, transposed) = (Pointer("dy"), Pointer("weight"));
                var (gradientType, gradientEpilogue) = EpilogueWriter.Write(body, declarations.Shared);
                body.Writer.Line($"{Library}.InputGradient<T, {gradientType}>(worker, {dy}, {transposed}, {sizes}, {gradientEpilogue});");
                return body.FinishCall();
        }

        string Pointer(string name)
        {
            var value = node.Operand(name);
            return value >= 0 ? body.Pointer(value) : "null";
        }
    }

    static WeightStore Store(CpuBody body, Node node)
    {
        var (weight, program) = (node.Operand("weight"), body.Values.Program);
        return body.Values.Buffer(weight).Space == Space.Parameter || program.Kernels.Any(k => k.Prepares && k.Stores.Contains(weight))
            ? WeightPacking.Of(node, weight, body.Values.Type(weight), program.Graph, program.Mode, Layout.Channels)
            : WeightStore.None;
    }
}
