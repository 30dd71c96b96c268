using System.Globalization;
using NetDsl.Generators.Ir;
using NetDsl.Generators.Passes;

namespace NetDsl.Generators.Tests.Zoo;

/// <summary>The layers of a graph in Caffe's terms, so that they can be compared with a published network, one line a layer.</summary>
sealed class LayerSequence
{
    /// <summary>What Caffe calls an operator. Those that are absent move data or belong to a loss.</summary>
    static readonly Dictionary<string, string> Kinds = new()
    {
        ["Conv"] = "Convolution", ["ConvTranspose"] = "Deconvolution", ["Dense"] = "InnerProduct", ["DenseRows"] = "InnerProduct", ["Embed"] = "Embed", ["LstmStates"] = "LSTM",
        ["MaxPool"] = "MAX pooling", ["AvgPool"] = "AVE pooling", ["DividedByPower"] = "LRN", ["BatchNorm"] = "BatchNorm", ["Scale"] = "Scale",
        ["ReLU"] = "ReLU", ["PReLU"] = "PReLU", ["Sigmoid"] = "Sigmoid", ["Tanh"] = "TanH", ["AbsVal"] = "AbsVal", ["Dropout"] = "Dropout",
        ["Add"] = "Eltwise", ["Concat"] = "Concat", ["Slice"] = "Crop", ["InTraining"] = "MultiStageMeanfield",
    };

    /// <summary>Published layers that have no row: inputs, what a loss does, and what is the same memory under another shape.</summary>
    static readonly string[] NoLayers =
    [
        "Data", "Input", "HDF5Data", "ImageData", "ImageSegData", "Python", "Slice", "Split", "Flatten", "Softmax", "Interp", "SegAccuracy",
        "SigmoidCrossEntropyLoss", "EuclideanLoss",
    ];

    /// <summary>Operators that Caffe has inside of a layer, between what the layer reads and its result; a node of a name in the list is where the layer begins.</summary>
    static readonly Dictionary<string, string[]> Insides = new()
    {
        ["LstmStates"] = ["DenseRows", "AddToSteps", "Dense"],
        ["InTraining"] = ["Subtract", "Conv", "Add", "SpatialFilter", "BilateralFilter", "Softmax"],
    };

    readonly Graph graph;
    readonly Dictionary<int, Node> producers;
    readonly Dictionary<int, Parameter> parameters;
    readonly HashSet<int> inside;
    readonly bool offsets;

    /// <param name="graph">The network.</param>
    /// <param name="training">With the layers that only the loss needs.</param>
    /// <param name="offsets">With the offsets of crops, which some prototxts leave to Caffe.</param>
    public LayerSequence(Graph graph, bool training, bool offsets = true)
    {
        (this.graph, this.offsets) = (graph, offsets);
        producers = graph.Nodes.ToDictionary(static n => n.Result);
        parameters = graph.Parameters.ToDictionary(static p => p.Value);
        inside = PartsOfLayers();
        var needed = Reachability.Needed(graph, kind => kind == ResultKind.Output || training);
        Nodes = [.. graph.Nodes.Where(n => needed.Contains(n.Result) && !inside.Contains(n.Result) && Kinds.ContainsKey(n.Operator.Name) && n.Type is { Batched: true, Sizes.Count: > 0 })];
    }

    /// <summary>One for each layer that Caffe has.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    public IEnumerable<string> Lines => Nodes.Select(n => Line(
        Kinds[n.Operator.Name],
        // States of an LSTM are several planes; the layer's result is one of them.
        string.Join("×", n.Type.Sizes.Skip(n.Operator.Name == "LstmStates" ? 1 : 0).Select(static s => s.Value)),
        // A mean field's matrices are kernels of 1×1 convolutions.
        string.Join(" ", ParametersOf(n).Select(p => string.Join("×", n.Operator.Name == "InTraining" ? p.Type.Sizes.Take(2) : p.Type.Sizes))),
        Settings(n)));

    /// <summary>The parameters of a layer, those of what is inside of it first.</summary>
    public IEnumerable<Parameter> ParametersOf(Node node) =>
        Inside(node).Reverse().SelectMany(n => n.Operands).Concat(node.Operands).Where(parameters.ContainsKey).Distinct().Select(o => parameters[o]);

    /// <summary>The same lines of a published network.</summary>
    public static IEnumerable<PublishedLayer> Layers(PublishedNetwork network) => network.Layers
        .Where(static l => !NoLayers.Contains(l.Kind))
        // A sum of k tensors is k − 1 additions.
        .SelectMany(static l => Enumerable.Repeat(l, l.Kind == "Eltwise" ? l.Inputs - 1 : 1));

    public static IEnumerable<string> LinesOf(PublishedNetwork network) => Layers(network).Select(static l => Line(l.Kind, l.Shape, l.Weights, Settings(l)));

    static string Line(string kind, string shape, string weights, string settings) => string.Join(" ", new[] { kind, shape, weights, settings }.Where(static t => t.Length > 0));

    static string Settings(PublishedLayer layer) => layer.Kind switch
    {
        "Convolution" or "Deconvolution" => $"stride {layer.Number("stride", 1)} padding {layer.Number("pad")} dilation {layer.Number("dilation", 1)}",
        "MAX pooling" or "AVE pooling" => Pooling(layer.Shape, layer.Number("kernel_size"), layer.Number("stride", 1), layer.Number("pad")),
        "LRN" => $"{(layer.Setting("norm_region", "") == "WITHIN_CHANNEL" ? "within" : "across")} {layer.Number("local_size")} α {layer.Number("alpha")} β {layer.Number("beta")}",
        "Dropout" => layer.Number("dropout_ratio", 0.5),
        // Where a prototxt says none, Caffe aligns the two images itself.
        "Crop" => layer.Setting("offset", "") is { Length: > 0 } ? layer.Number("offset") : "",
        _ => "",
    };

    string Settings(Node node) => Kinds[node.Operator.Name] switch
    {
        "Convolution" or "Deconvolution" => $"stride {node.Literal("strideHeight")} padding {node.Literal("paddingHeight")} dilation {node.Literal("dilationHeight")}",
        "MAX pooling" or "AVE pooling" => Pooling(string.Join("×", node.Type.Sizes.Select(static s => s.Value)), node.Literal("kernelHeight"), node.Literal("strideHeight"), node.Literal("paddingHeight")),
        "LRN" => Normalization(node, producers[node.Operands[1]]),
        "Dropout" => Number(node.Literal("rate")),
        "Crop" when !offsets => "",
        "Crop" => producers[node.Operands[0]].Literal("start") is var top && top == node.Literal("start") ? top : $"{top} and {node.Literal("start")}",
        _ => "",
    };

    /// <summary>A pooling to one place takes all there is, whatever its stride.</summary>
    static string Pooling(string shape, string kernel, string stride, string padding) =>
        shape.EndsWith("×1×1", StringComparison.Ordinal) ? "" : $"kernel {kernel} stride {stride} padding {padding}";

    string Normalization(Node node, Node scale) => scale.Operator.Name == "Affine"
        ? $"within {producers[scale.Operands[0]].Literal("kernelHeight")} α {Number(scale.Literal("scale"))} β {Number(node.Literal("power"))}"
        : $"across {scale.Literal("size")} α {Number(scale.Literal("alpha"))} β {Number(node.Literal("power"))}";

    static string Number(string literal) =>
        Math.Round(double.Parse(literal.TrimEnd('f'), CultureInfo.InvariantCulture), 6).ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Results inside of what Caffe has as one layer: the mean of the squares of a local response normalisation, and the rows of a crop, whose columns follow.
    /// </summary>
    HashSet<int> PartsOfLayers()
    {
        var parts = new HashSet<int>(graph.Nodes.SelectMany(Inside).Select(static n => n.Result));
        foreach (var node in graph.Nodes)
        {
            if (node.Operator.Name == "DividedByPower")
            {
                for (var at = node.Operands[1]; producers.TryGetValue(at, out var part) && at != node.Operands[0]; at = part.Operands[0])
                {
                    parts.Add(at);
                }
            }
            else if (node.Operator.Name == "Slice" && producers.TryGetValue(node.Operands[0], out var states) && states.Operator.Name == "LstmStates")
            {
                parts.Add(node.Result);
            }
            else if (node.Operator.Name == "Slice" && producers.TryGetValue(node.Operands[0], out var rows) && rows.Operator.Name == "Slice")
            {
                parts.Add(rows.Result);
            }
        }

        return parts;
    }

    /// <summary>What is inside of a layer, from its result to what it reads.</summary>
    IEnumerable<Node> Inside(Node layer)
    {
        if (!Insides.TryGetValue(layer.Operator.Name, out var names))
        {
            return [];
        }

        var found = new SortedDictionary<int, Node>(Comparer<int>.Create(static (a, b) => b.CompareTo(a)));
        var open = new Stack<int>(layer.Operands);
        while (open.TryPop(out var value))
        {
            if (producers.TryGetValue(value, out var part) && !found.ContainsKey(value) && (names.Contains(part.Operator.Name) || part.Operator.Movement == MovementKind.Reshape))
            {
                found.Add(value, part);

                // The input's product is where the layer begins; its operands are other layers.
                foreach (var operand in part.Operator.Name is "DenseRows" or "Dense" ? [] : part.Operands)
                {
                    open.Push(operand);
                }
            }
        }

        return found.Values;
    }
}
