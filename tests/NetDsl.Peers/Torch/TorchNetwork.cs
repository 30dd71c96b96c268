using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NetDsl.Peers.Torch;

/// <summary>A network of TorchSharp's modules. A value is given back as soon as its last reader is done, as in a hand-written <c>forward</c>.</summary>
sealed class TorchNetwork : nn.Module<Tensor, Tensor>
{
    readonly PeerNetwork network;
    readonly ModuleList<nn.Module> operations = [];

    public TorchNetwork(PeerNetwork network, bool channelsLast)
        : base("network")
    {
        this.network = network;
        foreach (var layer in network.Layers)
        {
            operations.Add(Create(layer));
        }

        RegisterComponents();
        if (channelsLast)
        {
            ReLay();
        }
    }

    /// <summary>The result of a prediction.</summary>
    public override Tensor forward(Tensor input) => Run(input, [network.Output])[0];

    /// <summary>The weighted sum of the network's losses.</summary>
    public Tensor Loss(Tensor input, Tensor target)
    {
        var scores = Run(input, [.. network.Losses.Select(static loss => loss.Value)]);
        var sum = nn.functional.cross_entropy(scores[0], target);
        for (var i = 1; i < scores.Length; i++)
        {
            sum += network.Losses[i].Weight * nn.functional.cross_entropy(scores[i], target);
        }

        return sum;
    }

    /// <summary>Strides of N, H, W, C: what PyTorch calls channels_last.</summary>
    public static Tensor ReLay(Tensor tensor) => tensor.dim() == 4 ? tensor.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : tensor;

    Tensor[] Run(Tensor input, int[] results)
    {
        var needed = network.Needed(results);
        var readers = new int[network.Layers.Count + 1];
        for (var value = 1; value < readers.Length; value++)
        {
            if (needed[value])
            {
                Array.ForEach(network.Layers[value - 1].Inputs, operand => readers[operand]++);
            }
        }

        readers[0]++;
        Array.ForEach(results, result => readers[result]++);
        var values = new Tensor[readers.Length];
        values[0] = input;
        for (var value = 1; value < readers.Length; value++)
        {
            if (needed[value])
            {
                var layer = network.Layers[value - 1];
                values[value] = Apply(operations[value - 1], [.. layer.Inputs.Select(operand => values[operand])]);
                foreach (var operand in layer.Inputs)
                {
                    if (--readers[operand] == 0)
                    {
                        values[operand].Dispose();
                    }
                }
            }
        }

        return [.. results.Select(result => values[result])];
    }

    static Tensor Apply(nn.Module module, Tensor[] operands) => module switch
    {
        LSTM lstm => Last(lstm, operands[0]),
        nn.Module<Tensor, Tensor> single => single.call(operands[0]),
        _ => cat(operands, 1),
    };

    static Tensor Last(LSTM lstm, Tensor x)
    {
        var (all, hidden, cell) = lstm.call(x);
        hidden.Dispose();
        cell.Dispose();
        using (all)
        {
            return all.select(1, -1);
        }
    }

    static nn.Module Create(PeerLayer layer) => layer.Operator switch
    {
        PeerOperator.Convolution => nn.Conv2d(layer.InputShape[0], layer.Shape[0], layer.Kernel, layer.Stride, layer.Padding, groups: layer.Group),
        PeerOperator.TransposedConvolution => nn.ConvTranspose2d(layer.InputShape[0], layer.Shape[0], layer.Kernel, layer.Stride, layer.Padding, bias: false),
        PeerOperator.MaxPooling => nn.MaxPool2d(layer.Kernel, layer.Stride, layer.Padding, ceil_mode: layer.Ceiling),
        PeerOperator.AveragePooling => nn.AvgPool2d(layer.Kernel, layer.Stride, layer.Padding, ceil_mode: layer.Ceiling),
        PeerOperator.ReLU => nn.ReLU(),
        PeerOperator.LocalResponseNormalization => nn.LocalResponseNorm(5, 1e-4, 0.75, 1),
        PeerOperator.Dropout => nn.Dropout(layer.Rate),
        PeerOperator.Flatten => nn.Flatten(),
        PeerOperator.Dense => nn.Linear(layer.InputShape[0], layer.Shape[0]),
        PeerOperator.Lstm => nn.LSTM(layer.InputShape[1], layer.Shape[0], batchFirst: true),
        _ => new Concatenation(),
    };

    void ReLay()
    {
        foreach (var module in operations)
        {
            switch (module)
            {
                case Conv2d convolution: convolution.weight = new Parameter(ReLay(convolution.weight!.detach())); break;
                case ConvTranspose2d transposed: transposed.weight = new Parameter(ReLay(transposed.weight!.detach())); break;
            }
        }
    }

    /// <summary>Stands in the list for a layer without weights that has several inputs.</summary>
    sealed class Concatenation() : nn.Module("concat");
}
