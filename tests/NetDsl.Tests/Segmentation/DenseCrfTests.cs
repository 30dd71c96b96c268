using NetDsl.Segmentation;

namespace NetDsl.Tests.Segmentation;

/// <summary>Inference behind a network: against mean field iterations with exact sums, and for what it is good for.</summary>
public class DenseCrfTests
{
    const int Height = 20, Width = 24, Points = Height * Width, Classes = 3;

    static readonly DenseCrfSettings Settings = new() { Iterations = 5, BilateralWeight = 2, BilateralPosition = 6, BilateralColour = 20, SpatialWeight = 1, SpatialPosition = 2 };

    [Fact]
    public void It_is_near_inference_with_exact_sums()
    {
        var (image, _, probabilities) = Scene();
        var expected = Exact(probabilities, image);
        var actual = DenseCrf.Infer(probabilities, image, Classes, Height, Width, Settings);
        var errors = expected.Zip(actual, static (a, b) => Math.Abs(a - b)).ToList();
        Assert.True(errors.Average() < 0.02, $"off by {errors.Average():F4} on average");
        Assert.True(expected.Zip(probabilities, static (a, b) => Math.Abs(a - b)).Average() > 0.05, "Inference changes nothing: this compares nothing.");
    }

    [Fact]
    public void Noisy_probabilities_follow_the_image()
    {
        var (image, labels, probabilities) = Scene();
        var before = Wrong(probabilities, labels);
        var after = Wrong(DenseCrf.Infer(probabilities, image, Classes, Height, Width, Settings), labels);
        Assert.True(before > 60 && after * 5 < before, $"{before} pixels were wrong before, {after} after");
    }

    [Fact]
    public void Marginals_are_probabilities()
    {
        var (image, _, probabilities) = Scene();
        var marginals = DenseCrf.Infer(probabilities, image, Classes, Height, Width);
        Assert.All(Enumerable.Range(0, Points), pixel => Assert.Equal(1, Enumerable.Range(0, Classes).Sum(c => marginals[c * Points + pixel]), 1e-5f));
        Assert.Equal(probabilities, DenseCrf.Infer(probabilities, image, Classes, Height, Width, new() { Iterations = 0 }));
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        Assert.Equal(
            "Probabilities of 3 classes for 20×24 pixels are 1440 numbers, but 12 were given.",
            Assert.Throws<ArgumentException>(static () => DenseCrf.Infer(new float[12], new float[Points * 3], Classes, Height, Width)).Message);
        Assert.Equal(
            "An image of 20×24 pixels has a multiple of 480 numbers, but 7 were given.",
            Assert.Throws<ArgumentException>(static () => DenseCrf.Infer(new float[Classes * Points], new float[7], Classes, Height, Width)).Message);
        Assert.Equal(
            "Probabilities of 0 classes for 20×24 pixels are 0 numbers, but 0 were given.",
            Assert.Throws<ArgumentException>(static () => DenseCrf.Infer([], new float[Points], classes: 0, Height, Width)).Message);
    }

    [Fact]
    public void Settings_that_are_not_positive_are_refused()
    {
        DenseCrfSettings[] settings = [new() { SpatialPosition = 0 }, new() { BilateralPosition = -1 }, new() { BilateralColour = float.NaN }, new() { Iterations = -1 }];
        foreach (var wrong in settings)
        {
            Assert.Equal(
                $"The standard deviations must be positive and the iterations 0 or more: {wrong}.",
                Assert.Throws<ArgumentException>(() => DenseCrf.Infer(new float[Classes * Points], new float[Points], Classes, Height, Width, wrong)).Message);
        }
    }

    /// <summary>Three stripes of different colours, and probabilities that name a wrong class for some pixels.</summary>
    static (float[] Image, int[] Labels, float[] Probabilities) Scene()
    {
        var random = new Random(11);
        int[] labels = [.. Enumerable.Range(0, Points).Select(static i => i % Width / (Width / Classes))];
        float[] image = [.. Enumerable.Range(0, 3 * Points).Select(i => 40f + 80 * ((labels[i % Points] + i / Points) % 3) + random.Next(10))];
        int[] guess = [.. labels.Select(label => random.Next(5) == 0 ? random.Next(Classes) : label)];
        return (image, labels, [.. Enumerable.Range(0, Classes * Points).Select(i => guess[i % Points] == i / Points ? 0.6f : 0.2f)]);
    }

    static int Wrong(float[] probabilities, int[] labels) => labels.Where((label, pixel) =>
        Enumerable.Range(0, Classes).MaxBy(c => probabilities[c * Points + pixel]) != label).Count();

    static double[] Exact(float[] probabilities, float[] image)
    {
        var spatial = Kernel((i, j) => Square(i, j) / Math.Pow(Settings.SpatialPosition, 2));
        var bilateral = Kernel((i, j) => Square(i, j) / Math.Pow(Settings.BilateralPosition, 2)
            + Enumerable.Range(0, 3).Sum(c => Math.Pow(image[c * Points + i] - image[c * Points + j], 2)) / Math.Pow(Settings.BilateralColour, 2));
        double[] marginals = [.. probabilities.Select(static p => (double)p)];
        for (var iteration = 0; iteration < Settings.Iterations; iteration++)
        {
            var scores = new double[marginals.Length];
            for (var i = 0; i < scores.Length; i++)
            {
                var (pixel, offset) = (i % Points, i / Points * Points);
                scores[i] = Math.Log(probabilities[i]);
                for (var j = 0; j < Points; j++)
                {
                    scores[i] += (Settings.SpatialWeight * spatial[pixel][j] + Settings.BilateralWeight * bilateral[pixel][j]) * marginals[offset + j];
                }
            }

            for (var i = 0; i < scores.Length; i++)
            {
                marginals[i] = Math.Exp(scores[i]) / Enumerable.Range(0, Classes).Sum(c => Math.Exp(scores[c * Points + i % Points]));
            }
        }

        return marginals;
    }

    static double Square(int i, int j) => Math.Pow(i % Width - j % Width, 2) + Math.Pow(i / Width - j / Width, 2);

    static double[][] Kernel(Func<int, int, double> square) => [.. Enumerable.Range(0, Points).Select(i =>
    {
        double[] row = [.. Enumerable.Range(0, Points).Select(j => Math.Exp(-square(i, j) / 2))];
        var sum = row.Sum();
        return row.Select(k => k / sum).ToArray();
    })];
}
