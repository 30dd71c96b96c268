// Predicts one made-up image with a network of the zoo: with the weights of a file, or those it starts with. Prints the best class and all scores, bit by bit.
using System.IO.Hashing;
using System.Runtime.InteropServices;
using NetDsl.Networks;
using NetDsl.Runtime;

using var device = Device.Cpu();
using Network network = args is ["GoogLeNet", ..] ? new GoogLeNet(device, batch: 1, training: false) : new LeNet(device, batch: 1, training: false);
if (args is [_, var weights, ..])
{
    network.Load(weights);
}
else
{
    network.Initialize(seed: 1701);
}

var image = new float[network.Definition.Inputs[0].Count];
for (var i = 0; i < image.Length; i++)
{
    image[i] = i % 251 / 250f;
}

network.SetInput(0, image);
var scores = network.RunPrediction();
Console.WriteLine($"{network.Definition.Name} on {device}: class {scores.IndexOf(Largest(scores))}, scores {XxHash3.HashToUInt64(MemoryMarshal.AsBytes(scores)):x16}");

static float Largest(ReadOnlySpan<float> values)
{
    var largest = values[0];
    foreach (var value in values)
    {
        largest = Math.Max(largest, value);
    }

    return largest;
}
