namespace NetDsl.Networks.Blocks;

/// <summary>The parts of VGG (Simonyan and Zisserman 2014), which FCN, DeepLab and CRF-RNN are made of as well. Layers have the names of the published weights.</summary>
public static class VggParts
{
    /// <summary>One stage: 3×3 convolutions with ReLU at one resolution, [N, C, H, W] to [N, filters, H, W]. The pooling behind it is the network's.</summary>
    /// <param name="stage">Its number, from 1: what names the layers.</param>
    /// <param name="filters">Channels.</param>
    /// <param name="convolutions">How many.</param>
    /// <param name="padding">Padding of the first one, in pixels; FCN begins with 100.</param>
    /// <param name="dilation">Dilation of all, in pixels: DeepLab's holes.</param>
    /// <param name="pointwise">The last one is 1×1, as in configuration C.</param>
    [Block]
    public static Layer VggStage(int stage, int filters, int convolutions, int? padding = null, int dilation = 1, bool pointwise = false) => x =>
    {
        for (var i = 1; i <= convolutions; i++)
        {
            x |= pointwise && i == convolutions
                ? Conv(filters, kernel: 1, name: $"conv{stage}_{i}") >> ReLU
                : Conv(filters, kernel: 3, padding: i == 1 ? padding ?? dilation : dilation, dilation: dilation, name: $"conv{stage}_{i}") >> ReLU;
        }

        return x;
    };

    /// <summary>The features of one configuration, each stage behind it pooled to half the height and width.</summary>
    /// <param name="convolutions">Convolutions of the five stages.</param>
    /// <param name="pointwise">The third convolution of a stage is 1×1.</param>
    /// <param name="normalize">A local response normalisation lies behind the first stage.</param>
    [Block]
    public static Layer VggFeatures(int[] convolutions, bool pointwise = false, bool normalize = false) => x =>
    {
        int[] filters = [64, 128, 256, 512, 512];
        for (var stage = 1; stage <= 5; stage++)
        {
            var count = convolutions[stage - 1];
            x |= VggStage(stage, filters[stage - 1], count, pointwise: pointwise && count == 3);
            x = normalize && stage == 1 ? x | LRN(5, alpha: 1e-4f) | MaxPool(2) : x | MaxPool(2);
        }

        return x;
    };

    /// <summary>A whole configuration: features and classifier, trained with Caffe's factors for biases (twice the rate, no decay).</summary>
    /// <param name="convolutions">Convolutions of the five stages.</param>
    /// <param name="pointwise">The third convolution of a stage is 1×1.</param>
    /// <param name="normalize">A local response normalisation lies behind the first stage.</param>
    [Block]
    public static Layer Vgg(int[] convolutions, bool pointwise = false, bool normalize = false) =>
        LearningRate(VggFeatures(convolutions, pointwise, normalize) >> Classifier.Hidden4096() >> Dense(1000, name: "fc8"), bias: 2, biasDecay: 0);
}
