using static NetDsl.Filler;

namespace NetDsl.Networks.Blocks;

/// <summary>The parts of AlexNet (Krizhevsky, Sutskever and Hinton 2012), which CaffeNet and its descendants share. Layers have the names of the published weights.</summary>
public static class AlexNetParts
{
    /// <summary>The five convolutions, two of them in two groups: [N, 3, 227, 227] to [N, 256, 6, 6].</summary>
    /// <param name="normalizeFirst">Normalises before it pools: AlexNet. CaffeNet pools first, which takes less memory.</param>
    /// <param name="one">How the biases of the second, fourth and fifth convolution start, so that their ReLUs are open.</param>
    /// <param name="padding">Padding of the first convolution, in pixels; FCN's is 100.</param>
    [Block]
    public static Layer AlexNetFeatures(bool normalizeFirst = false, float one = 1, int padding = 0)
    {
        Layer Reduce() => normalizeFirst ? LRN(5, alpha: 1e-4f) >> MaxPool(3, stride: 2) : MaxPool(3, stride: 2) >> LRN(5, alpha: 1e-4f);
        Layer Open(Layer layer) => Fill(layer, bias: Constant(one));
        return Fill(
            Conv(96, kernel: 11, stride: 4, padding: padding, name: "conv1") >> ReLU >> Reduce()
            >> Open(Conv(256, kernel: 5, padding: 2, group: 2, name: "conv2")) >> ReLU >> Reduce()
            >> Conv(384, kernel: 3, padding: 1, name: "conv3") >> ReLU
            >> Open(Conv(384, kernel: 3, padding: 1, group: 2, name: "conv4")) >> ReLU
            >> Open(Conv(256, kernel: 3, padding: 1, group: 2, name: "conv5")) >> ReLU >> MaxPool(3, stride: 2),
            Gaussian(0.01f));
    }

    /// <summary>Features, dense layers and a head: Caffe's <c>bvlc_alexnet</c> and <c>bvlc_reference_caffenet</c>.</summary>
    /// <param name="head">Gives the scores.</param>
    /// <param name="normalizeFirst">Normalises before it pools: AlexNet.</param>
    /// <param name="one">How the biases start that open their ReLUs: 0.1 in AlexNet, 1 in CaffeNet.</param>
    [Block]
    public static Layer AlexNetBody(Layer head, bool normalizeFirst = false, float one = 1) => LearningRate(
        AlexNetFeatures(normalizeFirst, one) >> Fill(Classifier.Hidden4096(), Gaussian(0.005f), Constant(one)) >> Fill(head, Gaussian(0.01f)),
        bias: 2, biasDecay: 0);
}
