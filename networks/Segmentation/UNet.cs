using static NetDsl.Filler;

namespace NetDsl.Networks;

/// <summary>
/// U-Net (Ronneberger, Fischer and Brox 2015): cells in grey images of any size, of which the middle is scored: 388×388 of 572×572 pixels. Each step down halves the resolution
/// and doubles the channels; each step up takes over the features of its height.
/// </summary>
[Network(Height = 572, Width = 572)]
public partial class UNet
{
    static Tensor Forward([Shape(Batch, 1, Any, Any)] Tensor image)
    {
        var x = image | Twice(64);
        var skips = new List<Tensor>();
        foreach (var filters in (int[])[128, 256, 512, 1024])
        {
            skips.Add(x);
            x |= MaxPool(2) >> (filters == 1024 ? Dropped(Twice(filters)) : Twice(filters));
        }

        foreach (var skip in skips.AsEnumerable().Reverse())
        {
            var filters = skip.Shape[1];
            var up = x | Fill(ConvTranspose(filters, kernel: 2, stride: 2), Msra) | ReLU;
            x = Concat(skip | Crop(up), up) | Twice(filters);
        }

        return x | Fill(Conv(2, kernel: 1, name: "score"), Msra);
    }

    static Layer Twice(int filters) => Fill(Conv(filters, kernel: 3) >> ReLU >> Conv(filters, kernel: 3) >> ReLU, Msra);

    static Layer Dropped(Layer layer) => layer >> Dropout(0.5f);

    static Tensor Loss(Tensor scores, [Shape(Batch, Any, Any)] Labels label) => SoftmaxCrossEntropy(scores, label);

    static (Tensor meanIoU, Tensor pixelAccuracy) Metrics(Tensor scores, [Shape(Batch, Any, Any)] Labels label) => (MeanIoU(scores, label), PixelAccuracy(scores, label));
}
