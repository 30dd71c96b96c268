using NetDsl.Training;

namespace NetDsl.Data;

/// <summary>The image of the sample or of its partner, normalized, in the shape that the network asks for.</summary>
/// <param name="images">All images.</param>
/// <param name="fit">From an image to the input.</param>
/// <param name="scale">What a byte is multiplied with.</param>
/// <param name="mean">What is subtracted before, for each element of the input; empty for nothing.</param>
/// <param name="ofPartner">The partner's image.</param>
sealed class ImageField(SampleArray images, ImageFit fit, float scale, float[] mean, bool ofPartner) : Field
{
    readonly int width = images.Shape[^1];

    public override void Write(SampleBatch batch, int field, int row, Draw draw)
    {
        var pixels = images[ofPartner ? draw.Partner : draw.Sample];
        var values = batch.Values(field).Slice(row * fit.Length, fit.Length);
        if (fit.IsIdentity && mean.Length == 0 && !draw.Mirrored)
        {
            Scale(pixels, values);
        }
        else
        {
            Place(pixels, values, draw.Mirrored);
        }
    }

    void Scale(ReadOnlySpan<byte> pixels, Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = pixels[i] * scale;
        }
    }

    void Place(ReadOnlySpan<byte> pixels, Span<float> values, bool mirrored)
    {
        var sources = fit.Sources;
        for (var i = 0; i < values.Length; i++)
        {
            var source = sources[i];
            if (source >= 0 && mirrored)
            {
                source += width - 1 - (2 * (source % width));
            }

            values[i] = source < 0 ? 0 : (pixels[source] - (mean.Length == 0 ? 0 : mean[i])) * scale;
        }
    }
}
