// One row a run: the median and least time of a step of a network, by another library, and the peak of the process's memory.
using System.Globalization;
using NetDsl.Peers;
using NetDsl.Peers.Onnx;
using NetDsl.Peers.Torch;

if (args.Length != 7 || PeerNetworks.Find(args[1]) is not { } network)
{
    Console.Error.WriteLine("usage: NetDsl.Peers torch|onnx NETWORK train|predict BATCH nchw|nhwc SECONDS THREADS");
    Console.Error.WriteLine($"networks: {PeerNetworks.Names}");
    return 2;
}

var (library, name, training, batch, lastChannels) = (args[0], args[1], args[2] == "train", int.Parse(args[3], CultureInfo.InvariantCulture), args[4] == "nhwc");
var (seconds, threads) = (double.Parse(args[5], CultureInfo.InvariantCulture), int.Parse(args[6], CultureInfo.InvariantCulture));
switch (library)
{
    case "torch" when TorchLibrary.Problem() is { } problem:
        Console.Error.WriteLine(problem);
        return 3;
    case "torch":
        TorchRun.Measure(name, network, training, batch, lastChannels, seconds, threads);
        return 0;
    case "onnx" when !training:
        OnnxRun.Measure(name, network, batch, seconds, threads);
        return 0;
    default:
        Console.Error.WriteLine($"'{library} {args[2]}' is not offered: torch trains and predicts, onnx predicts.");
        return 2;
}
