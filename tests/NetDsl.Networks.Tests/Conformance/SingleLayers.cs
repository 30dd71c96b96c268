using static NetDsl.Layers;

namespace NetDsl.Networks.Tests.Conformance;

/// <summary>The one layer of <c>layer_convolution.prototxt</c>.</summary>
[Network(Layout = Layout.Samples)]
public partial class ConvolutionLayer
{
    static Tensor Forward([Shape(Batch, 6, 75, 113)] Tensor input) => input | Conv(12, kernel: (4, 5), stride: (2, 3), padding: (0, 1), group: 3, name: "output");
}

/// <summary>The one layer of <c>layer_convolution.prototxt</c>.</summary>
[Network(Layout = Layout.Channels)]
public partial class ConvolutionLayerInChannels
{
    static Tensor Forward([Shape(Batch, 6, 75, 113)] Tensor input) => input | Conv(12, kernel: (4, 5), stride: (2, 3), padding: (0, 1), group: 3, name: "output");
}

/// <summary>The one layer of <c>layer_inner_product.prototxt</c>.</summary>
[Network(Layout = Layout.Samples)]
public partial class InnerProductLayer
{
    static Tensor Forward([Shape(Batch, 6, 75, 113)] Tensor input) => input | Dense(2, axis: 3, name: "output");
}

/// <summary>The one layer of <c>layer_inner_product.prototxt</c>.</summary>
[Network(Layout = Layout.Channels)]
public partial class InnerProductLayerInChannels
{
    static Tensor Forward([Shape(Batch, 6, 75, 113)] Tensor input) => input | Dense(2, axis: 3, name: "output");
}

/// <summary>The one layer of <c>layer_pooling_max.prototxt</c>.</summary>
[Network(Layout = Layout.Samples)]
public partial class MaxPoolLayer
{
    static Tensor Forward([Shape(Batch, 6, 75, 113)] Tensor input) => input | MaxPool((3, 5), (2, 1), (2, 1));
}

/// <summary>The one layer of <c>layer_pooling_max.prototxt</c>.</summary>
[Network(Layout = Layout.Channels)]
public partial class MaxPoolLayerInChannels
{
    static Tensor Forward([Shape(Batch, 6, 75, 113)] Tensor input) => input | MaxPool((3, 5), (2, 1), (2, 1));
}

/// <summary>The one layer of <c>layer_pooling_ave.prototxt</c>.</summary>
[Network(Layout = Layout.Samples)]
public partial class AvgPoolLayer
{
    static Tensor Forward([Shape(Batch, 6, 75, 113)] Tensor input) => input | AvgPool((3, 5), (2, 1), (2, 1));
}

/// <summary>The one layer of <c>layer_pooling_ave.prototxt</c>.</summary>
[Network(Layout = Layout.Channels)]
public partial class AvgPoolLayerInChannels
{
    static Tensor Forward([Shape(Batch, 6, 75, 113)] Tensor input) => input | AvgPool((3, 5), (2, 1), (2, 1));
}

/// <summary>The one layer of <c>layer_lrn_channels.prototxt</c>.</summary>
[Network(Layout = Layout.Samples)]
public partial class LrnLayer
{
    static Tensor Forward([Shape(Batch, 6, 75, 113)] Tensor input) => input | LRN(5, alpha: 1.1f, beta: 0.75f);
}

/// <summary>The one layer of <c>layer_lrn_channels.prototxt</c>.</summary>
[Network(Layout = Layout.Channels)]
public partial class LrnLayerInChannels
{
    static Tensor Forward([Shape(Batch, 6, 75, 113)] Tensor input) => input | LRN(5, alpha: 1.1f, beta: 0.75f);
}

/// <summary>The one layer of <c>layer_softmax.prototxt</c>.</summary>
[Network(Layout = Layout.Samples)]
public partial class SoftmaxLayer
{
    static Tensor Forward([Shape(Batch, 6, 75, 113)] Tensor input) => input | Softmax;
}

/// <summary>The one layer of <c>layer_softmax.prototxt</c>.</summary>
[Network(Layout = Layout.Channels)]
public partial class SoftmaxLayerInChannels
{
    static Tensor Forward([Shape(Batch, 6, 75, 113)] Tensor input) => input | Softmax;
}

/// <summary>The one layer of <c>layer_dropout.prototxt</c>.</summary>
[Network(Layout = Layout.Samples)]
public partial class DropoutLayer
{
    static Tensor Forward([Shape(Batch, 6, 75, 113)] Tensor input) => input | Dropout(0.12345f);
}

/// <summary>The one layer of <c>layer_dropout.prototxt</c>.</summary>
[Network(Layout = Layout.Channels)]
public partial class DropoutLayerInChannels
{
    static Tensor Forward([Shape(Batch, 6, 75, 113)] Tensor input) => input | Dropout(0.12345f);
}
