namespace NetDsl.Peers;

/// <summary>A network as a list of layers, from which both peers build theirs: so both compute the same.</summary>
sealed class PeerNetwork(params int[] inputShape)
{
    readonly List<PeerLayer> layers = [];

    /// <summary>The shape of its input, without the batch.</summary>
    public int[] InputShape => inputShape;

    public IReadOnlyList<PeerLayer> Layers => layers;

    /// <summary>The value a prediction returns.</summary>
    public int Output { get; private set; }

    /// <summary>The values that enter the loss, each a softmax cross entropy, with their weights.</summary>
    public List<(int Value, double Weight)> Losses { get; } = [];

    /// <summary>The shape of a value, without the batch.</summary>
    public int[] Shape(int value) => value == 0 ? inputShape : layers[value - 1].Shape;

    public int Conv(int x, int filters, int kernel, int stride = 1, int padding = 0, int group = 1)
    {
        var shape = Shape(x);
        return Add(new(PeerOperator.Convolution, [x], shape, [filters, Size(shape[1]), Size(shape[2])]) { Kernel = kernel, Stride = stride, Padding = padding, Group = group });
        int Size(int input) => ((input + (2 * padding) - kernel) / stride) + 1;
    }

    public int ConvReLU(int x, int filters, int kernel, int stride = 1, int padding = 0, int group = 1) => ReLU(Conv(x, filters, kernel, stride, padding, group));

    public int ConvTranspose(int x, int filters, int kernel, int stride, int padding)
    {
        var shape = Shape(x);
        return Add(new(PeerOperator.TransposedConvolution, [x], shape, [filters, Size(shape[1]), Size(shape[2])]) { Kernel = kernel, Stride = stride, Padding = padding });
        int Size(int input) => ((input - 1) * stride) + kernel - (2 * padding);
    }

    public int MaxPool(int x, int kernel, int stride, int padding = 0) => Pool(PeerOperator.MaxPooling, x, kernel, stride, padding);

    public int AvgPool(int x, int kernel, int stride) => Pool(PeerOperator.AveragePooling, x, kernel, stride, 0);

    public int ReLU(int x) => Add(new(PeerOperator.ReLU, [x], Shape(x), Shape(x)));

    /// <summary>Across five channels, α = 0.0001, β = 0.75.</summary>
    public int Normalize(int x) => Add(new(PeerOperator.LocalResponseNormalization, [x], Shape(x), Shape(x)));

    public int Dropout(int x, double rate) => Add(new(PeerOperator.Dropout, [x], Shape(x), Shape(x)) { Rate = rate });

    /// <summary>Flattens its input where it must.</summary>
    public int Dense(int x, int units)
    {
        var flat = Shape(x).Length == 1 ? x : Add(new(PeerOperator.Flatten, [x], Shape(x), [Shape(x).Aggregate(1, static (count, size) => count * size)]));
        return Add(new(PeerOperator.Dense, [flat], Shape(flat), [units]));
    }

    /// <summary>Along the channels.</summary>
    public int Concat(params int[] values) =>
        Add(new(PeerOperator.Concat, values, Shape(values[0]), [values.Sum(value => Shape(value)[0]), .. Shape(values[0])[1..]]));

    /// <summary>The last hidden state of a layer that reads [steps, features].</summary>
    public int Lstm(int x, int units) => Add(new(PeerOperator.Lstm, [x], Shape(x), [units]));

    /// <summary>Names the result, and further values that enter the loss with a weight.</summary>
    public PeerNetwork Returns(int value, params (int Value, double Weight)[] auxiliary)
    {
        Output = value;
        Losses.Add((value, 1));
        Losses.AddRange(auxiliary);
        return this;
    }

    /// <summary>Which layers a value needs.</summary>
    public bool[] Needed(params IEnumerable<int> values)
    {
        var needed = new bool[layers.Count + 1];
        foreach (var value in values)
        {
            needed[value] = true;
        }

        for (var value = layers.Count; value > 0; value--)
        {
            if (needed[value])
            {
                Array.ForEach(layers[value - 1].Inputs, input => needed[input] = true);
            }
        }

        return needed;
    }

    int Pool(PeerOperator pooling, int x, int kernel, int stride, int padding)
    {
        var shape = Shape(x);
        return Add(new(pooling, [x], shape, [shape[0], Size(shape[1]), Size(shape[2])]) { Kernel = kernel, Stride = stride, Padding = padding, Ceiling = true });
        int Size(int input)
        {
            var size = ((input + (2 * padding) - kernel + stride - 1) / stride) + 1;
            return (size - 1) * stride >= input + padding ? size - 1 : size;
        }
    }

    int Add(PeerLayer layer)
    {
        layers.Add(layer);
        return layers.Count;
    }
}
