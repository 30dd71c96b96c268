using NetDsl.Training;

namespace NetDsl.Data;

/// <summary>The image of the sample or of its partner, normalized, in the shape that the network asks for.</summary>
sealed class ImageField(SampleArray images, ImageFit fit, Normalization normalization, bool ofPartner) : Field
{
    readonly float scale = normalization.Scale;
    readonly float[] mean = normalization.Expand(images.Shape);
    readonly int width = images.Shape[^1];

    public override void Write(SampleBatch batch, int field, int row, Draw draw)
    {
        var pixels = images[ofPartner ? draw.Partner : draw.Sample];
        var values = batch.Values(field).Slice(row * fit.Length, fit.Length);
        if (fit.IsIdentity && mean.Length == 0 && !draw.Mirrored)
            Scale(pixels, values);
        else
            Place(pixels, values, draw.Mirrored);
    }

    void Scale(ReadOnlySpan<byte> pixels, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = pixels[i] * scale;
    }

    void Place(ReadOnlySpan<byte> pixels, Span<float> values, bool mirrored)
    {
        var sources = fit.Sources;
        for (int i = 0; i < values.Length; i++)
        {
            int source = sources[i];
            if (source >= 0 && mirrored)
                source += width - 1 - (2 * (source % width));
            values[i] = source < 0 ? 0 : (pixels[source] - (mean.Length == 0 ? 0 : mean[source])) * scale;
        }
    }
}
