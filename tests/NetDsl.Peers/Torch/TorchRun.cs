using static TorchSharp.torch;

namespace NetDsl.Peers.Torch;

/// <summary>Measures a step of TorchSharp's.</summary>
static class TorchRun
{
    /// <param name="name">The network's name.</param>
    /// <param name="network">The network.</param>
    /// <param name="training">Forward, loss, backward and an update with momentum and weight decay; else forward alone, in inference mode.</param>
    /// <param name="batch">Samples a step.</param>
    /// <param name="channelsLast">The layout N, H, W, C.</param>
    /// <param name="seconds">How long to measure.</param>
    /// <param name="threads">Threads to use.</param>
    public static void Measure(string name, PeerNetwork network, bool training, int batch, bool channelsLast, double seconds, int threads)
    {
        set_num_threads(threads);
        random.manual_seed(1);
        using var net = new TorchNetwork(network, channelsLast);
        using var plain = randn([batch, .. network.InputShape.Select(static size => (long)size)]);
        using var input = channelsLast ? TorchNetwork.ReLay(plain) : plain;
        var row = $"torch {name} {(training ? "train" : "predict")} {(channelsLast ? "nhwc" : "nchw")}";
        if (training)
        {
            net.train();
            using var target = Target(network, batch);
            using var optimizer = optim.SGD(net.parameters(), 1e-4, momentum: 0.9, weight_decay: 5e-4);
            StepTiming.Run(row, batch, seconds, () =>
            {
                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                net.Loss(input, target).backward();
                optimizer.step();
            });
        }
        else
        {
            net.eval();
            using var inference = inference_mode(true);
            StepTiming.Run(row, batch, seconds, () =>
            {
                using var scope = NewDisposeScope();
                net.call(input);
            });
        }
    }

    /// <summary>A class for each sample, or for each pixel.</summary>
    static Tensor Target(PeerNetwork network, int batch)
    {
        var scores = network.Shape(network.Output);
        return randint(0, scores[0], [batch, .. scores[1..].Select(static size => (long)size)]);
    }
}
