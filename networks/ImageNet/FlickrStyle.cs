using static NetDsl.Networks.Blocks.AlexNetParts;

namespace NetDsl.Networks;

/// <summary>Caffe's fine-tuning example (<c>models/finetune_flickr_style</c>; Karayev et al. 2014): CaffeNet with a new head, which learns ten times as fast, for 20 styles of photographs.</summary>
[Network]
public partial class FlickrStyle
{
    static Tensor Forward([Shape(Batch, 3, 227, 227)] Tensor image) => image | AlexNetBody(LearningRate(Dense(20, name: "fc8_flickr"), weight: 10, bias: 10));

    static Tensor Loss(Tensor scores, [Shape(Batch)] Labels label) => SoftmaxCrossEntropy(scores, label);

    static Tensor Metrics(Tensor scores, [Shape(Batch)] Labels label) => Accuracy(scores, label);
}
