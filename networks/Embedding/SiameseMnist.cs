namespace NetDsl.Networks;

/// <summary>
/// Caffe's Siamese network (Chopra, Hadsell and LeCun 2005): two images through one LeNet, whose two-dimensional features lie close for pairs of one class.
/// </summary>
[Network]
public partial class SiameseMnist
{
    static (Tensor feature, Tensor other) Forward([Shape(Batch, 1, 28, 28)] Tensor image, [Shape(Batch, 1, 28, 28)] Tensor second)
    {
        var lenet = Conv(20, kernel: 5, name: "conv1") >> MaxPool(2)
            >> Conv(50, kernel: 5, name: "conv2") >> MaxPool(2)
            >> Dense(500, name: "ip1") >> ReLU
            >> Dense(10, name: "ip2") >> Dense(2, name: "feat");
        return (image | lenet, second | lenet);
    }

    static Tensor Loss(Tensor feature, Tensor other, [Shape(Batch)] Labels same) => Contrastive(feature, other, same, margin: 1);
}
