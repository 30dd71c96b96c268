using NetDsl.Kernels;

namespace NetDsl.Segmentation;

/// <summary>
/// A dense conditional random field behind any segmentation network: sharpens the class probabilities of pixels by the image (Krähenbühl and Koltun 2011), as DeepLab does. Potts'
/// model, with the two kernels normalised behind the filter. It needs no training; <c>MeanField</c> is the layer that is trained with its network.
/// </summary>
public static class DenseCrf
{
    const float Smallest = 1e-20f;

    /// <summary>Infers the marginals of one image.</summary>
    /// <param name="probabilities">Class probabilities, [classes, height, width]: the softmax of a network's scores.</param>
    /// <param name="image">[channels, height, width]; of three channels from 0 to 255 as a rule.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="settings">The kernels; DeepLab's unless given.</param>
    /// <returns>The marginals, [classes, height, width]: probabilities again.</returns>
    /// <exception cref="ArgumentException">The sizes do not fit, or a setting is not positive.</exception>
    public static float[] Infer(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> image, int classes, int height, int width, DenseCrfSettings? settings = null)
    {
        settings ??= new DenseCrfSettings();
        Check(probabilities.Length, image.Length, classes, height, width, settings);
        var spatial = PixelFeatures.Spatial(height, width, settings.SpatialPosition);
        var bilateral = PixelFeatures.Bilateral(image, height, width, settings.BilateralPosition, settings.BilateralColour);

        var marginals = probabilities.ToArray();
        var filtered = new float[marginals.Length];
        var scores = new float[marginals.Length];
        for (var iteration = 0; iteration < settings.Iterations; iteration++)
        {
            for (var i = 0; i < scores.Length; i++)
            {
                scores[i] = MathF.Log(MathF.Max(probabilities[i], Smallest));
            }

            spatial.Filter(marginals, filtered, classes);
            Add(filtered, settings.SpatialWeight, scores);
            bilateral.Filter(marginals, filtered, classes);
            Add(filtered, settings.BilateralWeight, scores);
            Softmax(scores, marginals, classes);
        }

        return marginals;
    }

    static void Check(int probabilities, int image, int classes, int height, int width, DenseCrfSettings settings)
    {
        if (classes < 1 || height < 1 || width < 1 || probabilities != (long)classes * height * width)
        {
            throw new ArgumentException($"Probabilities of {classes} classes for {height}×{width} pixels are {(long)classes * height * width} numbers, but {probabilities} were given.");
        }

        if (image == 0 || image % ((long)height * width) != 0)
        {
            throw new ArgumentException($"An image of {height}×{width} pixels has a multiple of {(long)height * width} numbers, but {image} were given.");
        }

        if (!(settings.SpatialPosition > 0 && settings.BilateralPosition > 0 && settings.BilateralColour > 0 && settings.Iterations >= 0))
        {
            throw new ArgumentException($"The standard deviations must be positive and the iterations 0 or more: {settings}.");
        }
    }

    static void Add(float[] values, float weight, float[] sums)
    {
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] += weight * values[i];
        }
    }

    static void Softmax(float[] scores, float[] probabilities, int classes)
    {
        var pixels = scores.Length / classes;
        for (var pixel = 0; pixel < pixels; pixel++)
        {
            var largest = scores[pixel];
            for (var i = pixel; i < scores.Length; i += pixels)
            {
                largest = MathF.Max(largest, scores[i]);
            }

            var sum = 0f;
            for (var i = pixel; i < scores.Length; i += pixels)
            {
                sum += probabilities[i] = MathF.Exp(scores[i] - largest);
            }

            for (var i = pixel; i < scores.Length; i += pixels)
            {
                probabilities[i] /= sum;
            }
        }
    }
}
