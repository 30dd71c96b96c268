using static NetDsl.Filler;
using static NetDsl.Networks.Blocks.VggParts;

namespace NetDsl.Networks.Blocks;

/// <summary>The parts of DeepLab (Chen et al. 2015, 2016): VGG-16 whose last two poolings keep the resolution, and the holes that make up for it.</summary>
public static class DeepLabParts
{
    /// <summary>The first stages: pooling with padding, so that 321 pixels become 161, 81 and 41.</summary>
    /// <param name="stage">The stage's number, from 1 to 3.</param>
    [Block]
    public static Layer Halving(int stage) => VggStage(stage, 32 << stage, stage < 3 ? 2 : 3) >> MaxPool(3, stride: 2, padding: 1);

    /// <summary>The last stages, whose pooling keeps the resolution.</summary>
    /// <param name="stage">The stage's number, 4 or 5.</param>
    [Block]
    public static Layer Keeping(int stage) => VggStage(stage, 512, 3, dilation: stage == 5 ? 2 : 1) >> MaxPool(3, stride: 1, padding: 1);

    /// <summary>All five stages: [N, 3, H, W] to [N, 512, about H / 8, …].</summary>
    [Block]
    public static Layer DeepLabFeatures() => Halving(1) >> Halving(2) >> Halving(3) >> Keeping(4) >> Keeping(5);

    /// <summary>A large field of view: a 3×3 convolution with holes in place of VGG's 7×7, fewer channels, and the scores.</summary>
    /// <param name="rate">Distance between the taps, in places.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="suffix">What ends the names of the layers.</param>
    [Block]
    public static Layer FieldOfView(int rate, int classes, string suffix = "") =>
        Conv(1024, kernel: 3, padding: rate, dilation: rate, name: "fc6" + suffix) >> ReLU >> Dropout(0.5f)
        >> Conv(1024, kernel: 1, name: "fc7" + suffix) >> ReLU >> Dropout(0.5f)
        >> NewScores(classes, "fc8" + suffix);

    /// <summary>Scores that learn ten times as fast as the layers that come from VGG.</summary>
    /// <param name="classes">Classes.</param>
    /// <param name="name">The layer's name.</param>
    [Block]
    public static Layer NewScores(int classes, string name) =>
        LearningRate(Fill(Conv(classes, kernel: 1, name: name), Gaussian(0.01f)), weight: 10, bias: 10);

    /// <summary>Caffe's factors for biases: twice the rate, no decay.</summary>
    [Block]
    public static Layer Trained(Layer layer) => LearningRate(layer, bias: 2, biasDecay: 0);
}
