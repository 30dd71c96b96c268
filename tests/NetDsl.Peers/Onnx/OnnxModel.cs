namespace NetDsl.Peers.Onnx;

/// <summary>Writes a network as an ONNX model (operator set 13) with random weights and a fixed batch.</summary>
/// <remarks>Field numbers are those of onnx.proto.</remarks>
sealed class OnnxModel
{
    const int FloatType = 1;
    const int Int64Type = 7;
    const int IrVersion = 8;
    const int OperatorSet = 13;

    readonly ProtobufMessage graph = new();
    readonly Random random = new(1);
    int weights;

    /// <summary>The bytes of the model's file.</summary>
    public static ReadOnlySpan<byte> Write(PeerNetwork network, int batch)
    {
        var model = new OnnxModel();
        var needed = network.Needed(network.Output);
        for (var value = 1; value <= network.Layers.Count; value++)
        {
            if (needed[value])
            {
                model.Add(network.Layers[value - 1], value, batch);
            }
        }

        model.graph.Add(2, "network").Add(11, Declare(Name(0), [batch, .. network.InputShape])).Add(12, Declare(Name(network.Output), [batch, .. network.Shape(network.Output)]));
        return new ProtobufMessage().Add(1, IrVersion).Add(7, model.graph).Add(8, new ProtobufMessage().Add(1, "").Add(2, OperatorSet)).Bytes;
    }

    static string Name(int value) => $"value{value}";

    void Add(PeerLayer layer, int value, int batch)
    {
        var x = Name(layer.Inputs[0]);
        var y = Name(value);
        var (outputs, inputs) = (layer.Shape[0], layer.InputShape[0]);
        switch (layer.Operator)
        {
            case PeerOperator.Convolution:
                Node("Conv", [x, Weight(outputs, inputs / layer.Group, layer.Kernel, layer.Kernel), Weight(outputs)], y, [.. Window(layer), Integer("group", layer.Group)]);
                break;
            case PeerOperator.TransposedConvolution:
                Node("ConvTranspose", [x, Weight(inputs, outputs, layer.Kernel, layer.Kernel)], y, [.. Window(layer)]);
                break;
            case PeerOperator.MaxPooling:
                Node("MaxPool", [x], y, [.. Window(layer), Integer("ceil_mode", layer.Ceiling ? 1 : 0)]);
                break;
            case PeerOperator.AveragePooling:
                Node("AveragePool", [x], y, [.. Window(layer), Integer("ceil_mode", layer.Ceiling ? 1 : 0)]);
                break;
            case PeerOperator.ReLU:
                Node("Relu", [x], y);
                break;
            case PeerOperator.LocalResponseNormalization:
                Node("LRN", [x], y, Integer("size", 5), Float("alpha", 1e-4f), Float("beta", 0.75f), Float("bias", 1));
                break;
            case PeerOperator.Dropout:
                Node("Identity", [x], y);
                break;
            case PeerOperator.Flatten:
                Node("Flatten", [x], y);
                break;
            case PeerOperator.Dense:
                Node("Gemm", [x, Weight(outputs, inputs), Weight(outputs)], y, Integer("transB", 1));
                break;
            case PeerOperator.Concat:
                Node("Concat", [.. layer.Inputs.Select(Name)], y, Integer("axis", 1));
                break;
            case PeerOperator.Lstm:
                AddLstm(layer, x, y, batch);
                break;
        }
    }

    /// <summary>ONNX's LSTM reads [steps, batch, features] and returns its last hidden state as [1, batch, units].</summary>
    void AddLstm(PeerLayer layer, string x, string y, int batch)
    {
        var (features, units) = (layer.InputShape[1], layer.Shape[0]);
        Node("Transpose", [x], y + "_steps", Integers("perm", 1, 0, 2));
        graph.Add(1, Operation("LSTM", [y + "_steps", Weight(1, 4 * units, features), Weight(1, 4 * units, units), Weight(1, 8 * units)], ["", y + "_last"], Integer("hidden_size", units)));
        var shape = new ProtobufMessage().Add(1, 2).Add(2, Int64Type).Add(8, y + "_shape").Add(7, batch).Add(7, units);
        graph.Add(5, shape);
        Node("Reshape", [y + "_last", y + "_shape"], y);
    }

    string Weight(params int[] shape)
    {
        var name = $"weight{++weights}";
        var values = new float[shape.Aggregate(1, static (count, size) => count * size)];
        var bound = MathF.Sqrt(6f / Math.Max(1, values.Length / shape[0]));
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ((2 * random.NextSingle()) - 1) * bound;
        }

        var tensor = new ProtobufMessage();
        Array.ForEach(shape, size => tensor.Add(1, size));
        graph.Add(5, tensor.Add(2, FloatType).Add(8, name).Add(9, (ReadOnlySpan<float>)values));
        return name;
    }

    void Node(string operation, string[] inputs, string output, params ProtobufMessage[] attributes) => graph.Add(1, Operation(operation, inputs, [output], attributes));

    static ProtobufMessage Operation(string operation, string[] inputs, string[] outputs, params ProtobufMessage[] attributes)
    {
        var node = new ProtobufMessage();
        Array.ForEach(inputs, input => node.Add(1, input));
        Array.ForEach(outputs, output => node.Add(2, output));
        node.Add(4, operation);
        Array.ForEach(attributes, attribute => node.Add(5, attribute));
        return node;
    }

    static IEnumerable<ProtobufMessage> Window(PeerLayer layer) =>
    [
        Integers("kernel_shape", layer.Kernel, layer.Kernel),
        Integers("strides", layer.Stride, layer.Stride),
        Integers("pads", layer.Padding, layer.Padding, layer.Padding, layer.Padding),
    ];

    static ProtobufMessage Integer(string name, long value) => new ProtobufMessage().Add(1, name).Add(3, value).Add(20, 2);

    static ProtobufMessage Float(string name, float value) => new ProtobufMessage().Add(1, name).Add(2, value).Add(20, 1);

    static ProtobufMessage Integers(string name, params int[] values)
    {
        var attribute = new ProtobufMessage().Add(1, name);
        Array.ForEach(values, value => attribute.Add(8, value));
        return attribute.Add(20, 7);
    }

    static ProtobufMessage Declare(string name, int[] shape)
    {
        var sizes = new ProtobufMessage();
        Array.ForEach(shape, size => sizes.Add(1, new ProtobufMessage().Add(1, size)));
        return new ProtobufMessage().Add(1, name).Add(2, new ProtobufMessage().Add(1, new ProtobufMessage().Add(1, FloatType).Add(2, sizes)));
    }
}
