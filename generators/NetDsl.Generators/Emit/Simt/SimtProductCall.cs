using NetDsl.Generators.Emit.Definitions;
using NetDsl.Generators.Ir;

namespace NetDsl.Generators.Emit.Simt;

/// <summary>A convolution, a dense layer or a part of their gradients as a call of the library's tiles for a GPU.</summary>
/// <param name="Text">The call, with <see cref="Results"/> where the results' type stands.</param>
/// <param name="Sums">What is summed, as <c>LaunchText</c> of the library reads it.</param>
sealed record SimtProductCall(string Text, string Sums)
{
    /// <summary>Stands for the results that are given the sums.</summary>
    public const string Results = "⟪results⟫";

    /// <summary>Outputs of a group from which tiles compute more than they waste.</summary>
    const int EnoughRows = 4;

    /// <summary>A gradient through a larger stride is mostly zeros, which a thread an item skips.</summary>
    const int MostStride = 2;

    /// <summary>The call for a node; null where a thread an item is the better form.</summary>
    public static SimtProductCall? Of(Node node, ProgramValues values) => (node.Operator.Anchor, node.Target) switch
    {
        (AnchorKind.Convolution or AnchorKind.TransposedConvolution, "bias") => BiasGradient(node, values),
        (AnchorKind.Convolution or AnchorKind.TransposedConvolution, _) when ConvolutionGeometry.IsOf(node) => Convolution(node, values),
        (AnchorKind.MatrixProduct or AnchorKind.RowProduct, "" or "x") => MatrixProduct(node, values),
        (AnchorKind.MatrixProduct or AnchorKind.RowProduct or AnchorKind.Recurrence, "weight") => WeightGradient(node, values),
        _ => null,
    };

    static SimtProductCall? Convolution(Node node, ProgramValues values)
    {
        var transposed = node.Operator.Anchor == AnchorKind.TransposedConvolution;
        var g = ConvolutionGeometry.Of(node);
        if (transposed)
        {
            g = g with
            {
                Channels = g.Filters, Height = g.OutputHeight, Width = g.OutputWidth, Filters = g.Channels, OutputHeight = g.Height, OutputWidth = g.Width,
            };
        }

        var (filters, channels) = (g.Filters / g.Group, g.Channels / g.Group);
        var shape = string.Join(", ",
            $"{Sizes(g.Channels, g.Height, g.Width)} → {Sizes(g.Filters, g.OutputHeight, g.OutputWidth)}",
            $"kernel {Sizes(g.KernelHeight, g.KernelWidth)}",
            $"stride {Sizes(g.StrideHeight, g.StrideWidth)}",
            $"padding {Sizes(g.PaddingHeight, g.PaddingWidth)}",
            $"dilation {Sizes(g.DilationHeight, g.DilationWidth)}",
            $"group {g.Group}");
        if (node.Target == "weight")
        {
            var (dy, x) = transposed ? ("x", "dy") : ("dy", "x");
            return Batched(node, values, dy, x) is { } read
                ? Make("SimtConvolution.WeightGradient", read, $"ConvolutionByWeight {shape}")
                : null;
        }

        if (node.Operands[Read(node, node.Member.IsForward ? "x" : "dy")] is var operand && (!node.Type.Batched || !values.Type(operand).Batched || values.Type(Weight(node)).Batched))
        {
            return null;
        }

        var factors = $"{Tensor(operand, values)}, {Tensor(Weight(node), values)}";
        if (node.Member.IsForward != transposed)
        {
            return filters < EnoughRows ? null : Make("SimtConvolution.Forward", factors, $"Convolution {shape}");
        }

        return channels < EnoughRows || g.StrideHeight > MostStride || g.StrideWidth > MostStride
            ? null
            : Make("SimtConvolution.InputGradient", factors, $"ConvolutionByInput {shape}");
    }

    static SimtProductCall? BiasGradient(Node node, ProgramValues values)
    {
        var dy = node.Operands[Read(node, "dy")];
        var (filters, height, width) = (node.Integer("K"), node.Size("HO"), node.Size("WO"));
        return values.Type(dy).Batched && !(height * width).Is(1)
            ? Make("SimtConvolution.BiasGradient", Tensor(dy, values), $"ConvolutionByBias {Sizes(filters, height, width)}")
            : null;
    }

    static SimtProductCall? MatrixProduct(Node node, ProgramValues values)
    {
        var (units, inputs) = (node.Size("U"), node.Size("S"));
        var rows = node.Operator.Anchor == AnchorKind.RowProduct ? node.Size("R") : (Size)1;
        var operand = node.Operands[Read(node, node.Member.IsForward ? "x" : "dy")];
        if (!node.Type.Batched || !values.Type(operand).Batched || values.Type(Weight(node)).Batched)
        {
            return null;
        }

        var factors = $"{Tensor(operand, values)}, {Tensor(Weight(node), values)}";
        return node.Member.IsForward
            ? Make("SimtMatrixProduct.Forward", factors, $"Dense {Lengths(rows, units, inputs)}")
            : Make("SimtMatrixProduct.InputGradient", factors, $"DenseByInput {Lengths(rows, units, inputs)}");
    }

    /// <summary>The gradient by the weight of a dense layer, or of a recurrence: a product over the rows of all samples.</summary>
    static SimtProductCall? WeightGradient(Node node, ProgramValues values)
    {
        var (units, inputs) = (node.Type.Sizes[0], node.Type.Sizes[1]);
        var (dy, x) = (node.Operands[0], node.Operands[1]);
        var rows = values.Type(dy).Count / units;
        return values.Type(dy).Batched && values.Type(x).Batched && !node.Type.Batched
            ? Make("SimtMatrixProduct.WeightGradient", $"{Tensor(dy, values)}, {Tensor(x, values)}", $"DenseByWeight {Lengths(rows, units, inputs)}")
            : null;
    }

    static SimtProductCall Make(string method, string arguments, string sums) => new($"{method}(step, {arguments}, {Results});", sums);

    static string Lengths(Size rows, Size units, Size inputs) => $"{Sizes(rows)} rows, {Sizes(inputs)} inputs → {Sizes(units)} units";

    static string Sizes(params Size[] sizes) => string.Join("×", sizes.Select(static s => Cell.Number(s.ToString())));

    /// <summary>Both factors of a sum over the samples.</summary>
    static string? Batched(Node node, ProgramValues values, string first, string second)
    {
        var (a, b) = (node.Operands[Read(node, first)], node.Operands[Read(node, second)]);
        return values.Type(a).Batched && values.Type(b).Batched && !node.Type.Batched ? $"{Tensor(a, values)}, {Tensor(b, values)}" : null;
    }

    static string Tensor(int value, ProgramValues values)
    {
        var (arena, stride, origin) = SimtAddressing.Tensor(value, values);
        return $"new({arena}, {stride}, {origin})";
    }

    static int Weight(Node node) => node.Operands[Read(node, "weight")];

    static int Read(Node node, string name) => node.Member.Reads.ToList().IndexOf(name);
}
